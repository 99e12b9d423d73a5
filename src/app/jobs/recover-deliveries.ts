import { sql } from 'kysely';
import type { GitHubClient } from '../../collect/github/create-client.ts';
import { groupBy } from '../../core/group-by.ts';
import type { Storage } from '../storage/storage.ts';
import { heardEvents } from '../webhooks/jobs-of-delivery.ts';
import type { JobContext } from './context.ts';
import { done, type JobOutcome } from './job-outcome.ts';

/** An attempt to deliver, as GitHub lists it. */
interface ListedAttempt {
  readonly id: number;
  readonly guid: string;
  readonly delivered_at: string;
  readonly status_code: number;
  readonly event: string;
}

/** GitHub keeps deliveries, and sends them again, for three days. */
const keptDays = 3;
/** An attempt may still be on its way to us. */
const graceSeconds = 120;
/** After so many attempts there is something wrong with the delivery itself. */
const mostAttempts = 5;
/** Sent again in one go; what is left is for the next time. */
const mostAtOnce = 200;
const mostPages = 100;
const keepRowsDays = 30;

/**
 * Asks GitHub for its list of deliveries and has those sent again that did not arrive: GitHub does not do so by itself.
 * A delivery has arrived when its row is there, whatever was answered. Old rows are dropped on the way. `now` is in
 * milliseconds.
 */
export async function recoverDeliveries(
  { storage, access, log }: JobContext,
  now: number,
): Promise<JobOutcome> {
  await storage.db
    .deleteFrom('delivery')
    .where('received_at', '<', sql<Date>`now() - make_interval(days => ${keepRowsDays})`)
    .execute();
  const client = await access.asApp();
  const attempts = await listAttempts(client, now - keptDays * 86_400_000);
  const lost = await lostDeliveries(attempts, storage, now);
  let asked = 0;
  for (const { id, guid } of lost.slice(0, mostAtOnce)) {
    const answer = await client.rest('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id });
    if (answer.ok) asked += 1;
    else
      log.warn('a delivery could not be asked for again', { delivery: guid, reason: answer.error.message });
  }
  return done(
    `${lost.length} of ${new Set(attempts.map(({ guid }) => guid)).size} deliveries did not arrive; ${asked} asked for again`,
  );
}

async function lostDeliveries(
  attempts: readonly ListedAttempt[],
  storage: Storage,
  now: number,
): Promise<readonly ListedAttempt[]> {
  const [known, bornAt] = await Promise.all([knownGuids(storage, attempts), birthOf(storage)]);
  const byGuid = groupBy(attempts, ({ guid }) => guid);
  return [...byGuid.values()].flatMap((tries) => {
    const newest = tries.reduce((a, b) => (Date.parse(b.delivered_at) > Date.parse(a.delivered_at) ? b : a));
    const at = Date.parse(newest.delivered_at);
    const wasTaken = tries.some(({ status_code: status }) => status >= 200 && status < 300);
    if (known.has(newest.guid) || !heardEvents.has(newest.event)) return [];
    if (now - at < graceSeconds * 1000 || tries.length >= mostAttempts) return [];
    // Taken by an earlier database: it did its work then. Taken by this one and yet not there: it was restored.
    if (wasTaken && at < bornAt) return [];
    return Number.isSafeInteger(newest.id) ? [newest] : [];
  });
}

async function knownGuids({ db }: Storage, attempts: readonly ListedAttempt[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  const guids = [...new Set(attempts.map(({ guid }) => guid))];
  for (let from = 0; from < guids.length; from += 1000) {
    const rows = await db
      .selectFrom('delivery')
      .select('id')
      .where('id', 'in', guids.slice(from, from + 1000))
      .execute();
    for (const { id } of rows) known.add(id);
  }
  return known;
}

/** When this database was made, in milliseconds. */
async function birthOf({ db }: Storage): Promise<number> {
  const { rows } = await sql<{
    first: string;
  }>`SELECT min(timestamp) AS first FROM review_vitals.kysely_migration`.execute(db);
  return Date.parse(rows[0]?.first ?? '') || 0;
}

async function listAttempts(client: GitHubClient, since: number): Promise<readonly ListedAttempt[]> {
  const attempts: ListedAttempt[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await client.rest<readonly ListedAttempt[]>('GET /app/hook/deliveries', {
      per_page: 100,
      ...(cursor !== undefined && { cursor }),
    });
    if (!answer.ok) throw new Error(`The list of deliveries could not be read: ${answer.error.message}`);
    attempts.push(...answer.data.filter(({ delivered_at: at }) => Date.parse(at) >= since));
    cursor = nextCursor(String(answer.headers.link ?? ''));
    const isOver = answer.data.some(({ delivered_at: at }) => Date.parse(at) < since);
    if (cursor === undefined || isOver) break;
  }
  return attempts;
}

function nextCursor(link: string): string | undefined {
  const [, url] = /<([^>]*)>;\s*rel="next"/.exec(link) ?? [];
  return url && URL.canParse(url) ? (new URL(url).searchParams.get('cursor') ?? undefined) : undefined;
}
