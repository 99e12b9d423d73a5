import { type Part, unavailable } from '../../core/part.ts';
import type { GitHubClient } from '../github/create-client.ts';
import { type ArtifactName, readArtifactName } from './artifact-name.ts';
import type { RepositoryAddress } from './workflow-run.ts';

/** An artifact of a run in which one of our steps left data, as GitHub lists it. */
export interface DataArtifact extends ArtifactName {
  readonly id: number;
  /** As GitHub has it; it fits the pattern of our names, so it can be shown. */
  readonly title: string;
  /** Bytes of the archive, as whoever uploaded it said. */
  readonly bytes: number;
}

interface Listed {
  readonly id: number;
  readonly name: string;
  readonly size_in_bytes: number;
  readonly expired: boolean;
}

/** Enough for a matrix of 200 with artifacts of other tools beside. */
const mostPages = 5;

/** The data that one instance's steps left in a run; of several attempts of a job the last one's. */
export async function listDataArtifacts(
  client: GitHubClient,
  { owner, name }: RepositoryAddress,
  run: number,
  instance: string,
): Promise<Part<readonly DataArtifact[]>> {
  const listed: Listed[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await client.rest<{ readonly artifacts: readonly Listed[] }>(
      'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
      { owner, repo: name, run_id: run, per_page: 100, page },
    );
    if (!answer.ok)
      return unavailable(`the artifacts of the run of the tests could not be read: ${answer.error.message}`);
    listed.push(...answer.data.artifacts);
    if (answer.data.artifacts.length < 100) break;
  }
  const latest = new Map<string, DataArtifact>();
  for (const { id, name: title, size_in_bytes: bytes, expired } of listed) {
    const known = expired ? undefined : readArtifactName(title);
    if (known?.instance !== instance) continue;
    const { shard, ordinal, attempt } = known;
    const key = [shard.job, shard.index, shard.total, ordinal].join(' ');
    if ((latest.get(key)?.attempt ?? 0) < attempt) latest.set(key, { ...known, id, title, bytes });
  }
  return [...latest.values()].filter(isOfLastMatrix).toSorted((a, b) => (a.title < b.title ? -1 : 1));
}

/** A matrix can have another size when a run is started again; then the places of the first attempt are void. */
function isOfLastMatrix({ shard }: DataArtifact, _: number, all: readonly DataArtifact[]): boolean {
  const ofJob = all.filter((other) => other.shard.job === shard.job);
  const last = ofJob.reduce((newest, other) => (other.attempt > newest.attempt ? other : newest));
  return last.shard.total === shard.total;
}
