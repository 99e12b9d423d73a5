import type { HealthChain } from '../../collect/history/health-chain.ts';
import { decodeHealthRecord } from '../../core/health-record.ts';
import { unavailable } from '../../core/part.ts';
import { reasonOf } from '../log.ts';
import type { RepositoryJob } from '../queue/jobs.ts';
import type { Storage } from './storage.ts';

/** A year of weeks, and some re-runs; older ones are deleted. */
const mostRecords = 60;

/**
 * The health records of a repository in our own database: the App may not push, so the hidden ref is not for it. They are
 * a chain like that one: a record that was written on top of another one's predecessor has come second.
 */
export function storedHealthChain({ db }: Storage, { installation, repository }: RepositoryJob): HealthChain {
  const records = () =>
    db
      .selectFrom('health_record')
      .where('installation_id', '=', installation)
      .where('repository_id', '=', repository);

  return {
    async read() {
      try {
        const rows = await records()
          .select(['id', 'message'])
          .orderBy('id', 'desc')
          .limit(mostRecords)
          .execute();
        const [newest] = rows;
        return {
          ...(newest && { tip: String(newest.id) }),
          records: rows.flatMap(({ message }) => decodeHealthRecord(message) ?? []),
        };
      } catch (error) {
        return unavailable(reasonOf(error));
      }
    },
    async append(message, tip) {
      try {
        const written = await db
          .insertInto('health_record')
          .values({
            installation_id: installation,
            repository_id: repository,
            previous: Number(tip ?? 0),
            message,
          })
          .onConflict((conflict) => conflict.constraint('health_record_follows_one').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!written) return 'moved';
        await db
          .deleteFrom('health_record')
          .where('id', 'in', records().select('id').orderBy('id', 'desc').offset(mostRecords))
          .execute();
        return 'written';
      } catch (error) {
        return unavailable(isOrphan(error) ? 'the App is no longer installed there' : reasonOf(error));
      }
    },
    close: async () => undefined,
  };
}

/** PostgreSQL's foreign_key_violation: the row of the installation is gone. */
function isOrphan(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503';
}
