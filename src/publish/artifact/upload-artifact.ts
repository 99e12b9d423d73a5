import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Part, unavailable } from '../../core/part.ts';

export interface NewArtifact {
  /** Letters, digits, dots and hyphens. */
  readonly name: string;
  /** Name of its only file. */
  readonly file: string;
  readonly content: string;
  /** An existing folder of ours. */
  readonly scratchFolder: string;
}

/** What GitHub answers where a run has an artifact of this name already: they cannot be written over. */
export interface NameTaken {
  readonly nameTaken: true;
}

/** Long enough for a re-run of the tests to be judged; the repository's own limit may be lower. */
const retentionDays = 7;

/**
 * Leaves a file as an artifact of this run. The runner gives its actions what that takes; no token of the workflow is used.
 * What stands in the way comes back as one sentence.
 */
export async function uploadArtifact(
  artifact: NewArtifact,
): Promise<Part<{ readonly bytes: number } | NameTaken>> {
  const { name, file, content, scratchFolder } = artifact;
  const obstacle = obstacleIn(process.env);
  if (obstacle !== undefined) return unavailable(obstacle);
  const folder = await mkdtemp(join(scratchFolder, 'artifact-'));
  try {
    const path = join(folder, file);
    await writeFile(path, content);
    // The archive holds the file's time, and the same data packs to the same bytes.
    await utimes(path, 315_532_800, 315_532_800);
    const { DefaultArtifactClient } = await import('@actions/artifact');
    const { size } = await new DefaultArtifactClient().uploadArtifact(name, [path], folder, {
      retentionDays,
    });
    return { bytes: size ?? 0 };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/\(409\)|already exists/i.test(reason)) return { nameTaken: true };
    return unavailable(
      `GitHub's artifact service did not take it (${reason.replace(/\s+/g, ' ').slice(0, 300)})`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function obstacleIn(environment: NodeJS.ProcessEnv): string | undefined {
  if (!environment.ACTIONS_RUNTIME_TOKEN || !environment.ACTIONS_RESULTS_URL)
    return 'the runner gives no access to an artifact service (ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not set)';
  const server = environment.GITHUB_SERVER_URL ?? 'https://github.com';
  const host = URL.canParse(server) ? new URL(server).hostname : server;
  return /^(?:github\.com|.+\.ghe\.com|.+\.localhost)$/i.test(host)
    ? undefined
    : 'GitHub Enterprise Server has no artifact service of the kind that is needed; without `mode: collect`, the step at the end of the test job judges by itself';
}
