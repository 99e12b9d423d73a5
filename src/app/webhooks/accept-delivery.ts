import type { Queue } from '../queue/open-queue.ts';
import type { Storage } from '../storage/storage.ts';
import { type Delivery, idOf } from './delivery.ts';
import { jobsOfDelivery } from './jobs-of-delivery.ts';

export interface Acceptance {
  readonly result: 'accepted' | 'duplicate';
  /** Jobs that were written; fewer than asked for when like ones wait already. */
  readonly jobs: number;
}

/**
 * Writes a delivery and its jobs in one transaction: when this returns, both are on the disk, and when it throws, neither
 * is. A delivery that was taken before does nothing.
 */
export async function acceptDelivery(
  delivery: Delivery,
  storage: Storage,
  queue: Queue,
): Promise<Acceptance> {
  const { id, event, payload } = delivery;
  return storage.db.transaction().execute(async (transaction) => {
    const row = await transaction
      .insertInto('delivery')
      .values({
        id,
        event,
        action: typeof payload.action === 'string' ? payload.action.slice(0, 100) : null,
        installation_id: idOf(payload.installation) ?? null,
        repository_id: idOf(payload.repository) ?? null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) return { result: 'duplicate', jobs: 0 };
    let jobs = 0;
    for (const job of jobsOfDelivery(delivery)) {
      if (await queue.send(job, { transaction })) jobs += 1;
    }
    return { result: 'accepted', jobs };
  });
}
