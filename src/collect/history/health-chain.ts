import type { CommitId } from '../../core/change.ts';
import { decodeHealthRecord, type HealthRecord } from '../../core/health-record.ts';
import { isUnavailable, type Part, type Unavailable } from '../../core/part.ts';
import type { Remote } from '../git/git-environment.ts';
import { type HiddenChain, openHiddenChain } from '../git/hidden-chain.ts';

/** A hidden ref: no branch list shows it, no clone fetches it, no workflow starts from it. */
export const healthRef = 'refs/review-vitals/health';

export interface ChainState {
  /** Absent: nothing has been kept yet. */
  readonly tip?: CommitId;
  /** Newest first; entries that are no record of a known version are left out. */
  readonly records: readonly HealthRecord[];
}

/** The records of earlier weekly runs. Whoever can push can forge what lies at a remote: it informs, it decides nothing. */
export interface HealthChain extends Pick<HiddenChain, 'needs'> {
  /** The newest `most` records (60 when absent). */
  read(most?: number): Promise<Part<ChainState>>;
  /** `moved`: another writer was first; read again and try again. */
  append(message: string, tip: CommitId | undefined): Promise<'written' | 'moved' | Unavailable>;
  close(): Promise<void>;
}

export interface HealthChainOptions {
  readonly remote: Remote;
  /** An existing temporary folder; a new one is made in it and removed by `close`. */
  readonly scratchFolder: string;
  readonly ref?: string;
}

/** A year of weeks, and some re-runs. */
const mostRecords = 60;

export async function openHealthChain(options: HealthChainOptions): Promise<Part<HealthChain>> {
  const chain = await openHiddenChain({ ...options, ref: options.ref ?? healthRef });
  return isUnavailable(chain) ? chain : healthChainOver(chain);
}

/** Health records in any chain: a record is an entry's message, and there are no files. */
export function healthChainOver(chain: HiddenChain): HealthChain {
  return {
    ...(chain.needs !== undefined && { needs: chain.needs }),
    async read(most = mostRecords) {
      const entries = await chain.list(most);
      if (isUnavailable(entries)) return entries;
      const [newest] = entries;
      return {
        ...(newest && { tip: newest.id }),
        records: entries.flatMap(({ message }) => decodeHealthRecord(message) ?? []),
      };
    },
    append: (message, tip) => chain.append({ message, files: [] }, tip),
    close: () => chain.close(),
  };
}
