import type { CloneCache } from '../clones/clone-cache.ts';
import type { AppAccess } from '../github/app-access.ts';
import type { Log } from '../log.ts';
import type { Queue } from '../queue/open-queue.ts';
import type { Storage } from '../storage/storage.ts';

/** What every job can reach. */
export interface JobContext {
  readonly storage: Storage;
  readonly queue: Queue;
  readonly access: AppAccess;
  readonly log: Log;
  /** A folder of this process; a job makes its own in it and removes it. */
  readonly scratchFolder: string;
  readonly clones: CloneCache;
}
