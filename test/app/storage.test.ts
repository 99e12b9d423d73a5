import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/app/log.ts';
import { openScratchFolder } from '../../src/app/scratch-folder.ts';
import { lockFolder } from '../../src/app/storage/lock-folder.ts';
import { openEmbedded } from '../../src/app/storage/open-embedded.ts';
import type { Storage } from '../../src/app/storage/storage.ts';

const log = createLog('error', () => undefined);
let folder: string;
let storage: Storage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'review-vitals-storage-test-'));
  // Left by a process that was killed while it made the database.
  mkdirSync(join(folder, 'postgres.new'));
  writeFileSync(join(folder, 'postgres.new', 'PG_VERSION'), '18\n');
  storage = await openEmbedded(folder, log);
});

afterAll(async () => {
  await storage?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the embedded database', () => {
  it('is made whole, whatever an earlier try left', async () => {
    expect(existsSync(join(folder, 'postgres.new'))).toBe(false);
    expect(await storage.db.selectFrom('delivery').select('id').execute()).toEqual([]);
  });

  it('has the version that its package is pinned to', () => {
    expect(readFileSync(join(folder, 'postgres', 'PG_VERSION'), 'utf8')).toBe('18\n');
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Readonly<Record<string, string>>;
    };
    expect(dependencies['@electric-sql/pglite']).toBe('0.5.16');
  });

  it('puts commits on the disk and keeps to its memory', async () => {
    const settings = await sql<{ name: string; setting: string }>`SELECT name, setting FROM pg_settings
      WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers') ORDER BY name`.execute(
      storage.db,
    );
    expect(settings.rows.map(({ name, setting }) => `${name} ${setting}`)).toEqual([
      'fsync on',
      'full_page_writes on',
      'shared_buffers 2048',
      'synchronous_commit on',
      'wal_sync_method fsync',
    ]);
  });

  it('gives ids as numbers', async () => {
    await storage.db
      .insertInto('installation')
      .values({ id: 4_000_000_000_000, is_suspended: false })
      .execute();
    await storage.db.insertInto('repository').values({ id: 9, installation_id: 4_000_000_000_000 }).execute();
    const rows = await storage.db.selectFrom('repository').select('installation_id').execute();
    expect(rows).toEqual([{ installation_id: 4_000_000_000_000 }]);
    await storage.db.deleteFrom('installation').execute();
    expect(await storage.db.selectFrom('repository').selectAll().execute()).toEqual([]);
  });

  it('can be tidied while it works', async () => {
    await expect(storage.maintain?.()).resolves.toBeUndefined();
  });

  it('is refused to a second process with a sentence', async () => {
    await expect(openEmbedded(folder, log)).rejects.toThrow(`Another process works in ${folder}.`);
  });

  it('of another version is refused with a sentence and left as it is', async () => {
    const other = mkdtempSync(join(tmpdir(), 'review-vitals-version-test-'));
    mkdirSync(join(other, 'postgres'));
    writeFileSync(join(other, 'postgres', 'PG_VERSION'), '17\n');
    await expect(openEmbedded(other, log)).rejects.toThrow(
      `The embedded database in ${join(other, 'postgres')} is of version 17; this release reads version 18. It holds only what waits in the queue: rename the folder to start anew, or name another one with REVIEW_VITALS_DATA.`,
    );
    expect(readFileSync(join(other, 'postgres', 'PG_VERSION'), 'utf8')).toBe('17\n');
    // The lock is free again.
    (await lockFolder(other))?.release();
    rmSync(other, { recursive: true, force: true });
  });
});

describe('the lock of a folder', () => {
  it('is freed by the system when its process is killed', async () => {
    const place = mkdtempSync(join(tmpdir(), 'review-vitals-lock-test-'));
    const script = `import { lockFolder } from ${JSON.stringify(new URL('../../src/app/storage/lock-folder.ts', import.meta.url).href)};
      await lockFolder(${JSON.stringify(place)}); process.kill(process.pid, 'SIGKILL');`;
    const killed = spawnSync(process.execPath, ['--input-type=module', '--eval', script]);
    expect(killed.signal).toBe('SIGKILL');
    const lock = await lockFolder(place);
    expect(lock).toBeDefined();
    expect(await lockFolder(place)).toBeUndefined();
    lock?.release();
    rmSync(place, { recursive: true, force: true });
  });
});

describe('the scratch folder', () => {
  it('removes what killed processes left, and nothing of one that lives', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'review-vitals-scratch-test-'));
    const living = await openScratchFolder(parent);
    const dead = join(parent, 'process-dead');
    mkdirSync(join(dead, 'judge-1'), { recursive: true });
    writeFileSync(join(dead, 'lock'), '');
    mkdirSync(join(parent, 'process-starting'));
    const next = await openScratchFolder(parent);
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(living.path)).toBe(true);
    expect(existsSync(join(parent, 'process-starting'))).toBe(true);
    next.remove();
    living.remove();
    expect(existsSync(living.path)).toBe(false);
    rmSync(parent, { recursive: true, force: true });
  });
});
