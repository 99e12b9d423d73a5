import type { GitHubClient } from '../github/create-client.ts';
import { redact } from '../github/redact.ts';
import type { Refused } from './read-coverage-data.ts';
import type { RepositoryAddress } from './workflow-run.ts';

export interface DownloadLimits {
  readonly maxBytes: number;
  /** For the whole transfer. */
  readonly seconds: number;
}

/**
 * An artifact's archive, in memory. GitHub answers with a short-lived address elsewhere, which is asked without the token,
 * and the transfer ends at the limit whatever the listing said about the size.
 */
export async function downloadArtifact(
  client: GitHubClient,
  { owner, name }: RepositoryAddress,
  artifact: number,
  limits: DownloadLimits,
): Promise<Uint8Array | Refused> {
  const found = await client.rest(
    'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
    {
      owner,
      repo: name,
      artifact_id: artifact,
      archive_format: 'zip',
      request: { redirect: 'manual' },
    },
  );
  if (!found.ok) return { refused: `it could not be downloaded: ${found.error.message}` };
  const location = String(found.headers.location ?? '');
  if (!/^https?:\/\//.test(location)) return { refused: 'GitHub gave no address to download it from' };
  try {
    return await transfer(location, limits);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The address carries its own signature.
    return { refused: `it could not be downloaded: ${redact(reason, [location])}` };
  }
}

async function transfer(
  location: string,
  { maxBytes, seconds }: DownloadLimits,
): Promise<Uint8Array | Refused> {
  const answer = await fetch(location, { signal: AbortSignal.timeout(seconds * 1000) });
  if (!answer.ok || !answer.body)
    return { refused: `it could not be downloaded: its store answered ${answer.status}` };
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    // Leaving the loop ends the transfer.
    if (bytes > maxBytes) return { refused: `it is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB` };
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
