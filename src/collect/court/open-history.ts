import { rm } from 'node:fs/promises';
import type { CommitId } from '../../core/change.ts';
import { type Part, unavailable } from '../../core/part.ts';
import { inspectCheckout } from '../git/checkout.ts';
import { hardenedEnvironment } from '../git/git-environment.ts';
import { createObjectStore, type ObjectStore } from '../git/object-store.ts';
import { resolveRevision } from '../git/resolve-revision.ts';
import {
  createScratchHome,
  createScratchRepository,
  type ScratchRepository,
} from '../git/scratch-repository.ts';

export interface OpenHistory {
  readonly scratch: ScratchRepository;
  readonly store: ObjectStore;
  readonly tip: CommitId;
}

const usualBranches = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master', 'HEAD'];

/** A scratch repository over a complete clone: the court reads every change of years, which is nothing to fetch one by one. */
export async function openHistory(checkout: string, scratchFolder: string): Promise<Part<OpenHistory>> {
  const home = createScratchHome(scratchFolder);
  try {
    const environment = hardenedEnvironment({ home });
    const { objectsFolder, objectFormat, incomplete, head, refs } = await inspectCheckout(
      checkout,
      environment,
    );
    if (incomplete) throw new Error(reasons[incomplete]);
    const scratch = await createScratchRepository(home, {
      environment,
      objectFormat,
      borrowFrom: objectsFolder,
      trustUserConfig: false,
    });
    const store = createObjectStore(scratch);
    const names = { ...(head && { head }), refs };
    for (const branch of usualBranches) {
      const tip = await resolveRevision(scratch, store, names, branch).catch(() => undefined);
      if (tip) return { scratch, store, tip };
    }
    await scratch.close();
    throw new Error(
      refs.size === 0
        ? 'it has no commit yet: make a first one, or name another folder'
        : 'none of `main`, `master` and `HEAD` is a branch with a commit: switch to the branch that is to be read',
    );
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    return unavailable(`The history in ${checkout} could not be read: ${reason}.`);
  }
}

const reasons = {
  shallow: 'the clone is shallow, and the court reads years of history; `git fetch --unshallow` brings it',
  partial: 'the clone is partial, and the court reads every change; a clone without --filter has them',
};
