import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScratchRepository } from './scratch-repository.ts';

/**
 * Writes a tree whose files are called `f000000`, `f000001` … by their place in the list, and gives its id; a place
 * without a blob is left out. The format is that of a loose object (git's Documentation/gitformat-loose), written here
 * because starting `git mktree` takes longer. The blobs need not be here.
 */
export function writeTree(scratch: ScratchRepository, blobs: readonly (string | undefined)[]): string {
  // Six digits keep the names in the byte order that git wants of a tree.
  const entries = blobs.flatMap((id, index) =>
    id === undefined
      ? []
      : [Buffer.from(`100644 f${String(index).padStart(6, '0')}\0`, 'latin1'), Buffer.from(id, 'hex')],
  );
  const content = Buffer.concat(entries);
  const object = Buffer.concat([Buffer.from(`tree ${content.length}\0`, 'latin1'), content]);
  const id = createHash(scratch.objectFormat).update(object).digest('hex');
  const folder = join(scratch.gitDirectory, 'objects', id.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  // Written again it would be empty for a moment, and a git that has it mapped just then ends by SIGBUS.
  const path = join(folder, id.slice(2));
  if (!existsSync(path)) writeFileSync(path, storedZlib(object));
  return id;
}

const largestBlock = 0xffff;

/** A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4): ids do not compress, and zlib takes 5 ms to load. */
function storedZlib(bytes: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from([0x78, 0x01])];
  for (let at = 0; at === 0 || at < bytes.length; at += largestBlock) {
    const block = bytes.subarray(at, at + largestBlock);
    const header = Buffer.alloc(5);
    header.writeUInt8(at + block.length >= bytes.length ? 1 : 0, 0);
    header.writeUInt16LE(block.length, 1);
    header.writeUInt16LE(block.length ^ 0xffff, 3);
    parts.push(header, block);
  }
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(adler32(bytes));
  return Buffer.concat([...parts, checksum]);
}

function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 65_536 + low;
}
