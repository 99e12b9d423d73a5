import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { ChainEntry, ChainFile, HiddenChain } from '../../collect/git/hidden-chain.ts';
import { unavailable } from '../../core/part.ts';
import { reasonOf } from '../log.ts';
import type { RepositoryJob } from '../queue/jobs.ts';
import type { Storage } from './storage.ts';
import type { ChainEntryTable } from './tables.ts';

/** What is kept of a chain; the newest entry always is. */
export interface Kept {
  /** Older entries are deleted. */
  readonly entries: number;
  /** Of all files together, packed; those of older entries are deleted, and their messages stay. */
  readonly fileBytes: number;
}

const usuallyKept: Readonly<Record<ChainEntryTable['chain'], Kept>> = {
  /** A year of weeks, and some re-runs; they have no files. */
  health: { entries: 60, fileBytes: 0 },
  /** As many as are looked at. A repository of a thousand files takes about 40 kB each. */
  coverage: { entries: 200, fileBytes: 64 * 1024 * 1024 },
};

/**
 * A chain of a repository in our own database, for where the App may not push: the same entries that the hidden ref of
 * that name holds. One that was written on top of another one's predecessor has come second.
 */
export function storedChain(
  { db }: Pick<Storage, 'db'>,
  { installation, repository }: RepositoryJob,
  chain: ChainEntryTable['chain'],
  kept: Kept = usuallyKept[chain],
): HiddenChain {
  const entries = () =>
    db
      .selectFrom('chain_entry')
      .where('installation_id', '=', installation)
      .where('repository_id', '=', repository)
      .where('chain', '=', chain);
  /** With the bytes of all newer files. */
  const sized = () =>
    entries()
      .where('files', 'is not', null)
      .select([
        'id',
        sql<number>`sum(octet_length(files)) over (order by id desc) - octet_length(files)`.as('newer'),
      ]);

  async function tidy(): Promise<void> {
    const old = entries().select('id').orderBy('id', 'desc').offset(kept.entries);
    await db.deleteFrom('chain_entry').where('id', 'in', old).execute();
    await db
      .updateTable('chain_entry')
      .set({ files: null })
      .where('id', 'in', ({ selectFrom }) =>
        selectFrom(sized().as('sized')).select('sized.id').where('sized.newer', '>', kept.fileBytes),
      )
      .execute();
  }

  return {
    async list(most) {
      try {
        const rows = await entries()
          .select(['id', 'written_at', 'message'])
          .orderBy('id', 'desc')
          .limit(most)
          .execute();
        return rows.map(entryOf);
      } catch (error) {
        return unavailable(reasonOf(error));
      }
    },
    async read(ids, { allBytes }) {
      if (ids.length === 0) return new Map();
      try {
        const rows = await entries().select(['id', 'files']).where('id', 'in', ids.map(Number)).execute();
        return new Map(
          rows.flatMap(({ id, files }) =>
            files === null ? [] : [[String(id), unpacked(files, allBytes)] as const],
          ),
        );
      } catch (error) {
        return unavailable(reasonOf(error));
      }
    },
    async append({ message, files }, tip) {
      try {
        const written = await db
          .insertInto('chain_entry')
          .values({
            installation_id: installation,
            repository_id: repository,
            chain,
            previous: Number(tip ?? 0),
            message,
            files: files.length === 0 ? null : packed(files),
          })
          .onConflict((conflict) => conflict.constraint('chain_entry_follows_one').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!written) return 'moved';
        await tidy();
        return 'written';
      } catch (error) {
        return unavailable(isOrphan(error) ? 'the App is no longer installed there' : reasonOf(error));
      }
    },
    close: async () => undefined,
  };
}

function entryOf({
  id,
  written_at: at,
  message,
}: {
  readonly id: number;
  readonly written_at: Date;
  readonly message: string;
}): ChainEntry {
  return { id: String(id), writtenAt: `${at.toISOString().slice(0, 19)}Z`, message };
}

/** Bytes as characters of the same number: JSON has no others. */
function packed(files: readonly ChainFile[]): Uint8Array {
  const texts = files.map(({ path, content }) => [path, Buffer.from(content).toString('latin1')]);
  return gzipSync(JSON.stringify(texts));
}

function unpacked(bytes: Uint8Array, mostBytes: number): readonly ChainFile[] {
  const text = gunzipSync(bytes, { maxOutputLength: 2 * mostBytes }).toString('utf8');
  const files = JSON.parse(text) as readonly (readonly [path: string, content: string])[];
  return files.map(([path, content]) => ({ path, content: Buffer.from(content, 'latin1') }));
}

/** PostgreSQL's foreign_key_violation: the row of the installation is gone. */
function isOrphan(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503';
}
