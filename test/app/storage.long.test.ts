import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/app/log.ts';
import { openScratchFolder } from '../../src/app/scratch-folder.ts';
import { lockFolder } from '../../src/app/storage/lock-folder.ts';
import { openEmbedded } from '../../src/app/storage/open-embedded.ts';
import type { Storage } from '../../src/app/storage/storage.ts';
import { storedChain } from '../../src/app/storage/stored-chain.ts';
import { storedChains } from '../../src/app/storage/stored-chains.ts';
import { isUnavailable } from '../../src/core/part.ts';
import { keepHealthRecord } from '../../src/publish/weekly/health-chain.ts';

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

  it('is refused where others may write', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'review-vitals-scratch-test-'));
    chmodSync(parent, 0o777);
    await expect(openScratchFolder(parent)).rejects.toThrow(
      `The folder ${parent} is not one that this user alone can write. Remove it, or name another one with REVIEW_VITALS_CACHE.`,
    );
    chmodSync(parent, 0o755);
    (await openScratchFolder(parent)).remove();
    rmSync(parent, { recursive: true, force: true });
  });
});

describe('the health records of a repository', () => {
  const place = { installation: 5, repository: 50 };
  const record = (week: string) => `health ${week}\n\nformat: 1\n`;

  beforeEach(async () => {
    await storage.db.deleteFrom('installation').execute();
    await storage.db.insertInto('installation').values({ id: 5, is_suspended: false }).execute();
  });

  it('are a chain, newest first', async () => {
    const chain = storedChains(storage, place).health;
    expect(await chain.read()).toEqual({ records: [] });
    expect(await chain.append(record('2026-W46'), undefined)).toBe('written');
    const first = await chain.read();
    if (isUnavailable(first)) throw new Error(first.unavailable);
    expect(await chain.append(record('2026-W47'), first.tip)).toBe('written');
    const second = await chain.read();
    expect(isUnavailable(second) ? [] : second.records.map(({ week }) => week)).toEqual([
      '2026-W47',
      '2026-W46',
    ]);
    expect(await storedChains(storage, { ...place, repository: 51 }).health.read()).toEqual({ records: [] });
  });

  it('of two writers at once take one, and the other one has to look again', async () => {
    const chain = storedChains(storage, place).health;
    await chain.append(record('2026-W46'), undefined);
    expect(await chain.append(record('2026-W47'), undefined)).toBe('moved');
    const kept = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        keepHealthRecord(
          { week: `2026-W1${index}`, baselines: [], suggested: [], usefulness: [] },
          storedChains(storage, place).health,
          { pause: 1 },
        ),
      ),
    );
    expect(kept.map(({ done }) => done).toSorted()).toEqual(
      [0, 1, 2, 3, 4].map((index) => `kept the health record of 2026-W1${index}`),
    );
  });

  it('are kept for sixty runs', async () => {
    const chain = storedChains(storage, place).health;
    for (let run = 0; run < 62; run += 1) {
      const state = await chain.read();
      await chain.append(record('2026-W46'), isUnavailable(state) ? undefined : state.tip);
    }
    expect(await storage.db.selectFrom('chain_entry').select('id').execute()).toHaveLength(60);
    const state = await chain.read();
    expect(await chain.append(record('2026-W47'), isUnavailable(state) ? undefined : state.tip)).toBe(
      'written',
    );
  });

  it('go with the installation, and none is written for one that is gone', async () => {
    const chain = storedChains(storage, place).health;
    await chain.append(record('2026-W46'), undefined);
    await storage.db.deleteFrom('installation').execute();
    expect(await chain.read()).toEqual({ records: [] });
    expect(await chain.append(record('2026-W47'), undefined)).toEqual({
      unavailable: 'the App is no longer installed there',
    });
    const kept = { week: '2026-W47', baselines: [], suggested: [], usefulness: [] };
    expect((await keepHealthRecord(kept, chain)).problem).toBe(
      'The health record was not kept: the App is no longer installed there (without it every run starts from the pull requests anew)',
    );
  });
});

describe('the coverage of a repository', () => {
  const place = { installation: 6, repository: 60 };
  const limits = { files: 10, fileBytes: 1000, allBytes: 1000 };
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

  beforeEach(async () => {
    await storage.db.deleteFrom('installation').execute();
    await storage.db.insertInto('installation').values({ id: 6, is_suspended: false }).execute();
  });

  it('is a chain beside that of its health, with files of whatever bytes', async () => {
    const chain = storedChain(storage, place, 'coverage');
    expect(await chain.append({ message: 'one', files: [{ path: 'a/ü', content: bytes }] }, undefined)).toBe(
      'written',
    );
    expect(await storedChain(storage, place, 'health').list(9)).toEqual([]);
    const [entry] = listed(await chain.list(9));
    expect(entry).toMatchObject({ message: 'one', writtenAt: expect.stringMatching(/^20\d\d-.*T.*Z$/) });
    const files = await chain.read([entry?.id ?? ''], limits);
    if (isUnavailable(files)) throw new Error(files.unavailable);
    const [file, ...others] = files.get(entry?.id ?? '') ?? [];
    expect([file?.path, others]).toEqual(['a/ü', []]);
    expect(Uint8Array.from(file?.content ?? [])).toEqual(bytes);
  });

  function listed<T>(part: T): Exclude<T, { readonly unavailable: string }> {
    if (isUnavailable(part)) throw new Error(part.unavailable);
    return part as Exclude<T, { readonly unavailable: string }>;
  }
});
