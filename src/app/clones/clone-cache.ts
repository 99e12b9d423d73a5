import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { RepositoryJob } from '../queue/jobs.ts';
import { usageOf } from './clone-folder.ts';
import { type KeptClone, keptClone } from './kept-clone.ts';

/** The clones of this machine, by installation and repository. */
export interface CloneCache {
  /** For one job. Undefined where nothing is to be kept. */
  of(place: RepositoryJob): KeptClone | undefined;
  /** Deletes every clone that is not one of these. */
  retain(known: readonly RepositoryJob[]): Promise<void>;
  /** Deletes the clones of an installation that are not of these repositories. */
  retainOf(installation: number, repositories: readonly number[]): Promise<void>;
}

export interface CloneCacheOptions {
  readonly folder: string;
  /** All clones together; those unused for longest make way. 0 keeps none. */
  readonly mostBytes: number;
  readonly log: Log;
}

interface Found extends RepositoryJob {
  readonly folder: string;
}

export function openCloneCache({ folder, mostBytes, log }: CloneCacheOptions): CloneCache {
  function cloneAt({ folder: place, installation, repository }: Found): KeptClone {
    return keptClone({
      folder: place,
      warn: (problem) => log.warn('a kept clone', { installation, repository, problem }),
      grown: makeRoom,
    });
  }

  async function makeRoom(): Promise<void> {
    const clones = await Promise.all(
      (await list(folder)).map(async (found) => ({ found, usage: await usageOf(found.folder) })),
    );
    // One without a manifest is just being made, or was left by a process that ended; the sweep knows.
    const used = clones.flatMap(({ found, usage }) => (usage ? [{ found, ...usage }] : []));
    let total = used.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { found, bytes } of used.toSorted((a, b) => a.usedAt - b.usedAt)) {
      if (total <= mostBytes) return;
      await cloneAt(found).drop();
      total -= bytes;
      log.info('a kept clone made way', {
        installation: found.installation,
        repository: found.repository,
        megabytes: Math.ceil(bytes / 1024 / 1024),
      });
    }
  }

  async function dropAll(of: (found: Found) => boolean): Promise<void> {
    for (const found of (await list(folder)).filter(of)) await cloneAt(found).drop();
  }

  return {
    of: (place) =>
      mostBytes === 0
        ? undefined
        : cloneAt({ ...place, folder: join(folder, String(place.installation), String(place.repository)) }),
    async retain(known) {
      const keys = new Set(known.map(keyOf));
      await dropAll((found) => !keys.has(keyOf(found)));
    },
    async retainOf(installation, repositories) {
      await dropAll(
        (found) => found.installation === installation && !repositories.includes(found.repository),
      );
      if (repositories.length === 0)
        await rm(join(folder, String(installation)), { recursive: true, force: true });
    },
  };
}

function keyOf({ installation, repository }: RepositoryJob): string {
  return `${installation}/${repository}`;
}

async function list(folder: string): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const installation of await numbersIn(folder)) {
    for (const repository of await numbersIn(join(folder, String(installation)))) {
      found.push({
        installation,
        repository,
        folder: join(folder, String(installation), String(repository)),
      });
    }
  }
  return found;
}

async function numbersIn(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^\d{1,16}$/.test(name)).map(Number);
}
