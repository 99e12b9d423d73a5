import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';
import { fromPglite } from 'pg-boss';
import type { Log } from '../log.ts';
import { durableNodeFs } from './durable-node-fs.ts';
import { lockFolder } from './lock-folder.ts';
import { migrated, type Storage } from './storage.ts';

/** Major version of PostgreSQL inside the pinned package; a folder of another one cannot be opened. */
const embeddedMajor = '18';

/**
 * The embedded PostgreSQL in `<dataFolder>/postgres`: for one process on one machine. Its package is looked for only
 * here, so that an installation with PostgreSQL does without. Throws one sentence when the folder is in use, of another
 * version, or the package is missing.
 */
export async function openEmbedded(dataFolder: string, log: Log): Promise<Storage> {
  const lock = await lockFolder(dataFolder);
  if (!lock) {
    throw new Error(
      `Another process works in ${dataFolder}. Stop it, name another folder with REVIEW_VITALS_DATA, or set DATABASE_URL: several processes need PostgreSQL.`,
    );
  }
  try {
    const packages = await importPGlite();
    const folder = join(dataFolder, 'postgres');
    await makeDatabase(folder, packages, log);
    checkVersion(folder);
    const { pg, syncs } = await openDatabase(folder, packages);
    await checkDurability(pg, syncs);
    const db = await migrated(new PGliteDialect({ pglite: pg }));
    return {
      kind: 'embedded',
      db,
      queueConnection: { db: fromPglite(pg), backend: 'pglite' },
      isAlone: true,
      // There are no background processes in it: without this its log grows and dead rows stay.
      async maintain() {
        await pg.exec('VACUUM (ANALYZE)');
        await pg.exec('CHECKPOINT');
      },
      async close() {
        await db.destroy();
        if (!pg.closed) await pg.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

type Packages = Awaited<ReturnType<typeof importPGlite>>;

async function importPGlite() {
  try {
    const [{ PGlite: Database }, { NodeFS: FileSystem }] = await Promise.all([
      import('@electric-sql/pglite'),
      import('@electric-sql/pglite/nodefs'),
    ]);
    return { Database, FileSystem };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    throw new Error(
      'The embedded database is not installed. Set DATABASE_URL to a PostgreSQL database, or install it: npm install @electric-sql/pglite@0.5.16',
    );
  }
}

/** Made under another name and renamed when it is whole: a process that ends in between leaves nothing half made. */
async function makeDatabase(folder: string, packages: Packages, log: Log): Promise<void> {
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  if (existsSync(folder)) return;
  log.info('making the embedded database; this takes some seconds, once', { folder });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  const { pg } = await openDatabase(unfinished, packages);
  await pg.exec('CHECKPOINT');
  await pg.close();
  renameSync(unfinished, folder);
}

function checkVersion(folder: string): void {
  const file = join(folder, 'PG_VERSION');
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'none';
  if (found === embeddedMajor) return;
  throw new Error(
    `The embedded database in ${folder} is of version ${found}; this release reads version ${embeddedMajor}. It holds only what waits in the queue: rename the folder to start anew, or name another one with REVIEW_VITALS_DATA.`,
  );
}

async function openDatabase(folder: string, { Database, FileSystem }: Packages) {
  const { fs, syncs } = durableNodeFs(FileSystem, folder);
  const asShipped = Database.defaultStartParams.filter((parameter) => parameter !== '-F');
  const pg = new Database({
    fs,
    startParams: [
      ...asShipped,
      '-c',
      'wal_sync_method=fsync',
      '-c',
      'shared_buffers=16MB',
      '-c',
      'max_wal_size=64MB',
    ],
  });
  await pg.waitReady;
  return { pg, syncs };
}

/** A later version of the package could change what we hook into; then a commit would not be on the disk, silently. */
async function checkDurability(pg: PGlite, syncs: () => number): Promise<void> {
  const before = syncs();
  await pg.exec('CREATE SCHEMA IF NOT EXISTS review_vitals_check; DROP SCHEMA review_vitals_check');
  const { rows } = await pg.query<{ fsync: string }>('SHOW fsync');
  if (rows[0]?.fsync === 'on' && syncs() > before) return;
  await pg.close();
  throw new Error(
    'The embedded database does not put its commits on the disk (its start-up check failed). Install exactly @electric-sql/pglite@0.5.16, or set DATABASE_URL.',
  );
}
