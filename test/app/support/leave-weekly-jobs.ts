import { createLog } from '../../../src/app/log.ts';
import { openQueue } from '../../../src/app/queue/open-queue.ts';
import { usualTiming } from '../../../src/app/queue/queues.ts';
import { openEmbedded } from '../../../src/app/storage/open-embedded.ts';
import type { GitHub } from '../../github/start-github.ts';

const silent = createLog('error', () => undefined);

/** As if Monday morning had come while no process ran: the round waits for these repositories of installation 22. */
export async function leaveWeeklyJobs(
  folder: string,
  github: GitHub,
  names: readonly string[],
): Promise<void> {
  const ids = await Promise.all(names.map(async (name) => (await github.state(name)).id));
  const storage = await openEmbedded(folder, silent);
  const queue = await openQueue(storage, usualTiming, silent);
  await storage.db.insertInto('installation').values({ id: 22, is_suspended: false }).execute();
  for (const id of ids) {
    await storage.db.insertInto('repository').values({ id, installation_id: 22 }).execute();
    await queue.send({ kind: 'weekly', installation: 22, repository: id });
  }
  await queue.stop(1);
  await storage.close();
}
