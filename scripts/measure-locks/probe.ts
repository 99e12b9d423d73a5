import type { Client } from 'pg';
import { type Form, schema } from './forms.ts';
import type { Server } from './server.ts';

/** What one server did with one form. Relations are named; indexes are left out. */
export interface Probe {
  readonly id: string;
  readonly major: number;
  /** In the server's words, where it refused. */
  readonly error?: string;
  /** Relation → strongest mode, in PostgreSQL's words ("ShareLock"). */
  readonly locks: Readonly<Record<string, string>>;
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
  /** In a transaction the server refuses it. */
  readonly outsideOnly?: true;
}

const modes = [
  'AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock',
  'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock',
]; // biome-ignore format: weakest first
const inScope = "('public', 's9')";
/** Names as they are now; what the transaction has dropped keeps the name it had. */
const namesOf = `
  SELECT c.oid::int AS oid, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ${inScope} AND (c.relkind IN ('r', 'p', 'm', 'v') OR c.relname = 'sq')`;
const locksOf = `
  SELECT relation::int AS oid, mode, granted FROM pg_locks WHERE locktype = 'relation' AND pid = $1`;
const filesOf = `
  SELECT c.oid::int AS oid, relname, relfilenode::text AS file FROM pg_class c
  JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname IN ${inScope} AND relkind IN ('r', 'm')`;
/** A scan that finds no row costs nothing: rows are counted. */
const scansOf = 'SELECT relid::int AS oid, relname, seq_tup_read::int AS rows FROM pg_stat_xact_user_tables';

export async function probe(server: Server, form: Form): Promise<Probe | undefined> {
  if (server.major < (form.from ?? 12)) return undefined;
  const session = await server.connect();
  try {
    await session.query(schema);
    if (form.setup) await session.query(form.setup);
    if (form.session) await session.query(form.session);
    const before = await session.query(filesOf);
    const names = namesIn((await session.query(namesOf)).rows);
    const read = form.isOutside
      ? await watched(server, session, form, names)
      : await inTransaction(session, form, names);
    const head = { id: form.id, major: server.major };
    if ('error' in read) return { ...head, error: read.error, locks: {}, rewrites: [], scans: [] };
    const old = new Map(before.rows.map(({ oid, file }) => [oid, file]));
    const rewrites = read.files.flatMap(({ oid, relname, file }) =>
      old.has(oid) && old.get(oid) !== file ? [String(relname)] : [],
    );
    const outsideOnly =
      form.isOutside && (await isRefusedInside(session, form)) ? { outsideOnly: true as const } : {};
    return { ...head, locks: read.locks, rewrites: rewrites.toSorted(), scans: read.scans, ...outsideOnly };
  } finally {
    await session.end();
  }
}

type Names = ReadonlyMap<number, string>;

function namesIn(rows: readonly { readonly oid?: number; readonly name?: string }[]): Names {
  return new Map(rows.map(({ oid = 0, name = '' }) => [oid, name]));
}

interface Read {
  readonly locks: Record<string, string>;
  readonly files: readonly { readonly oid: number; readonly relname: string; readonly file: string }[];
  readonly scans: readonly string[];
}

/** The session looks at itself before it rolls back: locks and counters of the transaction are still there. */
async function inTransaction(
  session: Client,
  { sql }: Form,
  before: Names,
): Promise<Read | { readonly error: string }> {
  await session.query('BEGIN');
  try {
    const read = new Map((await session.query(scansOf)).rows.map(({ oid, rows }) => [oid, rows]));
    try {
      await session.query(sql);
    } catch (error) {
      return { error: messageOf(error) };
    }
    const locks: Record<string, string> = {};
    const names = new Map([...before, ...namesIn((await session.query(namesOf)).rows)]);
    keepStrongest(locks, (await session.query(locksOf, [await pidOf(session)])).rows, names);
    const files = (await session.query(filesOf)).rows;
    const scans = (await session.query(scansOf)).rows
      .filter(({ oid, rows }) => rows > (read.get(oid) ?? 0))
      .map(({ relname }) => String(relname));
    return { locks, files, scans: scans.toSorted() };
  } finally {
    await session.query('ROLLBACK');
  }
}

/**
 * Watches from a second session. A third one first holds SHARE UPDATE EXCLUSIVE, so that the statement has to queue and
 * shows the mode it asks for; a fourth one writes, which statements that wait for writers then have to outlast.
 */
async function watched(
  server: Server,
  session: Client,
  { sql }: Form,
  names: Names,
): Promise<Read | { readonly error: string }> {
  const [watcher, gate, writer] = await Promise.all([server.connect(), server.connect(), server.connect()]);
  try {
    const pid = await pidOf(session);
    await writer.query('BEGIN; UPDATE t SET a = a WHERE id = 1; UPDATE pt SET k = k WHERE k = 1;');
    await gate.query('BEGIN; LOCK TABLE t, pt IN SHARE UPDATE EXCLUSIVE MODE;');
    const locks: Record<string, string> = {};
    let isDone = false;
    let error: string | undefined;
    const running = session
      .query(sql)
      .catch((reason) => {
        error = messageOf(reason);
      })
      .finally(() => {
        isDone = true;
      });
    const sample = async () => {
      const { rows } = await watcher.query(locksOf, [pid]);
      keepStrongest(locks, rows, names);
      return rows.some(({ granted }) => granted === false);
    };
    const sampleFor = async (times: number, until: () => boolean = () => false) => {
      for (let at = 0; at < times && !isDone; at += 1) {
        if ((await sample()) && until()) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    await sampleFor(300, () => true);
    await gate.query('COMMIT');
    await sampleFor(30);
    await writer.query('COMMIT');
    await sampleFor(300);
    await running;
    if (error !== undefined) return { error };
    return { locks, files: (await session.query(filesOf)).rows, scans: [] };
  } finally {
    await Promise.all([watcher.end(), gate.end(), writer.end()]);
  }
}

async function isRefusedInside(session: Client, { sql }: Form): Promise<boolean> {
  await session.query('BEGIN');
  try {
    await session.query(sql);
    return false;
  } catch (error) {
    return /cannot (run|be executed) (inside a transaction block|from)/.test(messageOf(error));
  } finally {
    await session.query('ROLLBACK');
  }
}

async function pidOf(session: Client): Promise<number> {
  return Number((await session.query('SELECT pg_backend_pid() AS pid')).rows[0]?.pid);
}

function keepStrongest(
  locks: Record<string, string>,
  rows: readonly { readonly oid?: number; readonly mode?: string }[],
  names: Names,
): void {
  for (const { oid = 0, mode = '' } of rows) {
    const relation = names.get(oid);
    if (relation !== undefined && modes.indexOf(mode) > modes.indexOf(locks[relation] ?? ''))
      locks[relation] = mode;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
