import type { Queue } from '../queue/open-queue.ts';
import type { Storage } from '../storage/storage.ts';

/**
 * Deletes what is stored of an installation: its row, its repositories, its waiting jobs. Of its deliveries the bare
 * GUIDs stay for a month, so that one that is sent again does nothing.
 */
export async function forgetInstallation(installation: number, { db }: Storage, queue: Queue): Promise<void> {
  await queue.forget(installation);
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('delivery')
      .set({ installation_id: null, repository_id: null, action: null })
      .where('installation_id', '=', installation)
      .execute();
    await transaction.deleteFrom('installation').where('id', '=', installation).execute();
  });
}
