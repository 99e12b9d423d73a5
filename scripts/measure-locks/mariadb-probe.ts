import { type MariadbForm, schema } from './mariadb-forms.ts';
import type { MariadbServer, MariadbSession } from './mariadb-server.ts';

/** What one server did with one form. */
export interface MariadbAnswer {
  /** In the server's words, where it refused. */
  readonly error?: string;
  /** The cheapest that it accepts, where the statement can ask. */
  readonly algorithm?: string;
  readonly lock?: string;
  readonly work: 'definition' | 'scan' | 'rebuild';
  /** Whether another session could write meanwhile; undefined where it was over too soon to tell. */
  readonly writesWait?: boolean;
}

const rows = 100_000;
const algorithms = ['INSTANT', 'NOCOPY', 'INPLACE', 'COPY'];
const locks = ['NONE', 'SHARED', 'EXCLUSIVE'];
/** Below this a statement is over before a waiting writer could be told from a slow one. */
const longEnough = 200;

export async function fill(server: MariadbServer): Promise<void> {
  const session = server.connect();
  await session.run(`CREATE DATABASE probe`);
  await session.run('USE probe');
  for (const sql of schema.split(';').filter((part) => part.trim() !== ''))
    expectNone(await session.run(sql));
  const columns = '(a, b, k, v50, v100, e, tx, d, pid, g)';
  const values = `n % 1000, n % 7, n, concat('v', n), repeat('w', 60), 'x', repeat('t', 100), now(), NULL, point(n, n)`;
  expectNone(
    await session.run(
      `INSERT INTO seed ${columns} SELECT ${values} FROM (SELECT seq AS n FROM seq_1_to_${rows}) AS s`,
    ),
  );
  session.close();
}

export async function probeMariadb(server: MariadbServer, form: MariadbForm): Promise<MariadbAnswer> {
  const session = server.connect();
  try {
    await session.run('USE probe');
    if (form.session) await session.run(form.session);
    const asked = form.sql.includes('{asked}') ? await cheapest(session, form) : {};
    const plain = form.sql.replace('{asked}', '');
    await prepare(session, form, rows);
    const quiet = await carriedOut(session, plain);
    if ('error' in quiet) return { error: quiet.error, work: 'definition' };
    if (quiet.work === 'definition') return { ...asked, work: quiet.work };
    await prepare(session, form, rows);
    const writesWait = await watched(server, session, plain);
    return { ...asked, work: quiet.work, ...(writesWait === undefined ? {} : { writesWait }) };
  } finally {
    session.close();
  }
}

async function prepare(session: MariadbSession, { setup }: MariadbForm, limit: number): Promise<void> {
  await session.run('DROP TABLE IF EXISTS t, t2');
  await session.run('CREATE TABLE t LIKE seed');
  const columns = 'id, a, b, k, v50, v100, e, tx, d, pid, g';
  await session.run(`INSERT INTO t (${columns}) SELECT ${columns} FROM seed LIMIT ${limit}`);
  if (setup) expectNone(await session.run(setup));
  // Otherwise the first change of a new table computes its statistics.
  if (limit === rows) await session.run('ANALYZE TABLE t');
}

/** Tried from the cheapest on; a table of a few rows is enough for a yes or a no. */
async function cheapest(
  session: MariadbSession,
  form: MariadbForm,
): Promise<{ readonly algorithm?: string; readonly lock?: string }> {
  const isIndex = /^(?:CREATE|DROP)/.test(form.sql);
  for (const algorithm of algorithms) {
    for (const lock of locks) {
      await prepare(session, form, 100);
      const clause = isIndex
        ? ` ALGORITHM=${algorithm} LOCK=${lock}`
        : `, ALGORITHM=${algorithm}, LOCK=${lock}`;
      const answer = await session.run(form.sql.replace('{asked}', clause));
      if (errorIn(answer) === undefined) return { algorithm, lock };
    }
  }
  return {};
}

/** Whether the table is another one afterwards (its number in InnoDB is), else whether its pages were read. */
async function carriedOut(
  session: MariadbSession,
  sql: string,
): Promise<{ readonly work: MariadbAnswer['work'] } | { readonly error: string }> {
  const before = new Set(await tableIds(session));
  const pages = Number((await session.run(pagesOf))[0] ?? 0);
  await untilQuiet(session);
  const readBefore = await pageReads(session);
  const error = errorIn(await session.run(sql));
  if (error !== undefined) return { error };
  const read = (await pageReads(session)) - readBefore;
  const isNew =
    (await tableIds(session)).some((id) => !before.has(id)) || (await tableIds(session)).length === 0;
  // Whoever reads the rows asks for every page of theirs at least once.
  if (read < pages) return { work: 'definition' };
  return { work: isNew ? 'rebuild' : 'scan' };
}

/** What InnoDB still does in the background for the rows that were put in reads pages too. */
async function untilQuiet(session: MariadbSession): Promise<void> {
  let before = -1;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const now = await pageReads(session);
    if (now - before < 20) return;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const pagesOf =
  "SELECT sum(data_length) DIV 16384 FROM information_schema.tables WHERE table_schema = 'probe' AND table_name = 't'";

async function tableIds(session: MariadbSession): Promise<readonly string[]> {
  return session.run(
    "SELECT table_id FROM information_schema.innodb_sys_tables WHERE name REGEXP '^probe/t(2|#.*)?$'",
  );
}

async function pageReads(session: MariadbSession): Promise<number> {
  const [row = ''] = await session.run("SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_read_requests'");
  return Number(row.split('\t')[1] ?? 0);
}

/** Another session writes row after row while the statement runs. */
async function watched(
  server: MariadbServer,
  session: MariadbSession,
  sql: string,
): Promise<boolean | undefined> {
  const writer = server.connect();
  try {
    await writer.run('USE probe');
    await writer.run('SET lock_wait_timeout = 600');
    let isRunning = true;
    const started = performance.now();
    const done = session.run(sql).then(() => {
      isRunning = false;
      return performance.now() - started;
    });
    let writes = 0;
    let longest = 0;
    // The first write may come before the statement has its lock.
    await new Promise((resolve) => setTimeout(resolve, 20));
    while (isRunning) {
      const from = performance.now();
      await writer.run(`UPDATE t SET b = b + 1 WHERE id = ${1 + (writes % 1000)}`);
      longest = Math.max(longest, performance.now() - from);
      if (isRunning) writes += 1;
    }
    const took = await done;
    if (took < longEnough) return undefined;
    return longest > took / 2;
  } finally {
    writer.close();
  }
}

function errorIn(answer: readonly string[]): string | undefined {
  return answer.find((row) => row.startsWith('ERROR'));
}

function expectNone(answer: readonly string[]): void {
  const error = errorIn(answer);
  if (error !== undefined) throw new Error(`The set-up failed: ${error}`);
}
