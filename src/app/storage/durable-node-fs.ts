import { fsyncSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import type { NodeFS } from '@electric-sql/pglite/nodefs';

/** What the file system of the embedded database gives us of its insides. */
interface Mounted {
  readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number } };
}

export interface DurableFileSystem {
  readonly fs: NodeFS;
  /** How often the database has asked for its files to be on the disk. */
  syncs(): number;
}

/**
 * The embedded database's file system, with the call that puts a file on the disk: as shipped it has none, so a commit
 * would survive the end of the process but not a power cut. Needs the database started without `-F` and with
 * `wal_sync_method=fsync`.
 */
export function durableNodeFs(Base: typeof NodeFS, folder: string): DurableFileSystem {
  let count = 0;
  class DurableNodeFs extends Base {
    override async init(pg: PGlite, options: Parameters<NodeFS['init']>[1]) {
      const ready = await super.init(pg, options);
      const mount = (module: unknown): void => {
        (module as Mounted).NODEFS.stream_ops.fsync = ({ nfd }) => {
          count += 1;
          fsyncSync(nfd);
          return 0;
        };
      };
      const before = ready.emscriptenOpts.preRun ?? [];
      return { emscriptenOpts: { ...ready.emscriptenOpts, preRun: [...[before].flat(), mount] } };
    }
  }
  return { fs: new DurableNodeFs(folder), syncs: () => count };
}
