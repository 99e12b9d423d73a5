import { randomBytes } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../../src/app/storage/migrations.ts';
import type { Storage } from '../../src/app/storage/storage.ts';
import { storedChain } from '../../src/app/storage/stored-chain.ts';
import { schemaName, type Tables } from '../../src/app/storage/tables.ts';
import type { HiddenChain } from '../../src/collect/git/hidden-chain.ts';
import { isUnavailable, type Part } from '../../src/core/part.ts';

let pg: PGlite;
let whole: Kysely<Tables>;
let storage: Pick<Storage, 'db'>;

beforeEach(() => {
  pg = new PGlite();
  whole = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: pg }) });
  storage = { db: whole.withSchema(schemaName) };
});

afterEach(() => whole.destroy());

/** Takes these steps of the schema, or all that are left. */
async function migrate(...steps: readonly string[]): Promise<void> {
  const wanted = Object.entries(migrations).filter(([name]) => steps.length === 0 || steps.includes(name));
  const { error } = await new Migrator({
    db: whole.withSchema(schemaName),
    provider: { getMigrations: async () => Object.fromEntries(wanted) },
    migrationTableSchema: schemaName,
  }).migrateToLatest();
  expect(error).toBeUndefined();
}

function listed<T>(part: Part<T>): T {
  if (isUnavailable(part)) throw new Error(part.unavailable);
  return part;
}

describe('the coverage of a repository', () => {
  const limits = { files: 10, fileBytes: 10_000, allBytes: 10_000 };
  const place = { installation: 6, repository: 60 };

  beforeEach(async () => {
    await migrate();
    await storage.db.insertInto('installation').values({ id: 6, is_suspended: false }).execute();
  });

  async function appendAll(chain: HiddenChain, runs: number, bytes: number): Promise<void> {
    for (let run = 0; run < runs; run += 1) {
      const [newest] = listed(await chain.list(1));
      const files = [{ path: 'a', content: randomBytes(bytes) }];
      expect(await chain.append({ message: String(run), files }, newest?.id)).toBe('written');
    }
  }

  async function withFiles(chain: HiddenChain): Promise<readonly string[]> {
    const entries = listed(await chain.list(500));
    const ids = entries.map(({ id }) => id);
    const files = listed(await chain.read(ids, limits));
    return entries.filter(({ id }) => files.has(id)).map(({ message }) => message);
  }

  it('is kept for two hundred runs', async () => {
    const chain = storedChain(storage, place, 'coverage');
    await appendAll(chain, 203, 10);
    const entries = listed(await chain.list(500));
    expect([entries.length, entries[0]?.message, entries.at(-1)?.message]).toEqual([200, '202', '3']);
    expect(await withFiles(chain)).toHaveLength(200);
  });

  it('of a large repository keeps the lines of the newest runs, and all totals', async () => {
    const chain = storedChain(storage, place, 'coverage', { entries: 9, fileBytes: 3000 });
    await appendAll(chain, 6, 1000);
    // Packed, a thousand bytes take some more: two are less than 3,000 together, three are not.
    expect(await withFiles(chain)).toEqual(['5', '4', '3']);
    expect(listed(await chain.list(9))).toHaveLength(6);
  });

  it('keeps the lines of the newest run however large', async () => {
    const chain = storedChain(storage, place, 'coverage', { entries: 9, fileBytes: 10 });
    await appendAll(chain, 3, 1000);
    expect(await withFiles(chain)).toEqual(['2']);
  });
});

describe('the health records of an older release', () => {
  it('are still a chain after the step to one table for all chains', async () => {
    await migrate('0001-deliveries-and-installations', '0002-health-records');
    await pg.exec(`INSERT INTO review_vitals.installation VALUES (5, false);
      INSERT INTO review_vitals.health_record (installation_id, repository_id, previous, message)
        VALUES (5, 50, 0, 'one'), (5, 50, 1, 'two');`);
    await migrate();
    const chain = storedChain(storage, { installation: 5, repository: 50 }, 'health');
    expect(await chain.list(9)).toMatchObject([
      { id: '2', message: 'two' },
      { id: '1', message: 'one' },
    ]);
    expect(await chain.append({ message: 'three', files: [] }, '1')).toBe('moved');
    expect(await chain.append({ message: 'three', files: [] }, '2')).toBe('written');
  });
});
