import type { JobContext } from './context.ts';
import { done, type JobOutcome } from './job-outcome.ts';

const perPage = 100;

/**
 * Has every installation looked at: those GitHub knows and those stored here. A database that was lost learns of them
 * again, and of one that was uninstalled while nobody listened what is stored goes.
 */
export async function syncInstallations({ access, queue, storage }: JobContext): Promise<JobOutcome> {
  const client = await access.asApp();
  const stored = await storage.db.selectFrom('installation').select('id').execute();
  const installations = new Set(stored.map(({ id }) => id));
  for (let page = 1; ; page += 1) {
    const answer = await client.rest<readonly { readonly id: number }[]>('GET /app/installations', {
      per_page: perPage,
      page,
    });
    if (!answer.ok) throw new Error(`The installations could not be read: ${answer.error.message}`);
    for (const { id } of answer.data) installations.add(id);
    if (answer.data.length < perPage) break;
  }
  for (const installation of installations) await queue.send({ kind: 'installation', installation });
  return done(`${installations.size} installations to look at`);
}
