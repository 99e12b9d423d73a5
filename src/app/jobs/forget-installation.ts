import type { CloneCache } from '../clones/clone-cache.ts';
import type { Queue } from '../queue/open-queue.ts';
import type { Storage } from '../storage/storage.ts';

export interface Places {
  readonly storage: Storage;
  readonly queue: Queue;
  readonly clones: CloneCache;
}

/**
 * Deletes what is stored of an installation: its row, its repositories, what was learned of them, their clones, its
 * waiting jobs. Of its deliveries the bare GUIDs stay for a month, so that one that is sent again does nothing.
 */
export async function forgetInstallation(
  installation: number,
  { storage: { db }, queue, clones }: Places,
): Promise<void> {
  await queue.forget(installation);
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('delivery')
      .set({ installation_id: null, repository_id: null, action: null })
      .where('installation_id', '=', installation)
      .execute();
    await transaction.deleteFrom('installation').where('id', '=', installation).execute();
  });
  await clones.retainOf(installation, []);
}
