import type { JobContext } from './context.ts';
import { done, type JobOutcome } from './job-outcome.ts';

/** The repositories' turns are spread over so many seconds, so that a round is no burst of requests. */
const spreadSeconds = 3600;

/** Gives every repository of every installation that is not suspended its weekly job. */
export async function startWeeklyRound({ storage, queue }: JobContext): Promise<JobOutcome> {
  const repositories = await storage.db
    .selectFrom('repository')
    .innerJoin('installation', 'installation.id', 'repository.installation_id')
    .select(['repository.id', 'repository.installation_id'])
    .where('installation.is_suspended', '=', false)
    .execute();
  for (const [index, { id, installation_id: installation }] of repositories.entries()) {
    const startAfterSeconds = Math.floor((index / repositories.length) * spreadSeconds);
    await queue.send({ kind: 'weekly', installation, repository: id }, { startAfterSeconds });
  }
  return done(`${repositories.length} repositories`);
}
