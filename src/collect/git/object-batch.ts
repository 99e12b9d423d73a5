export interface BatchObject {
  readonly id: string;
  readonly type: string;
  readonly content: Uint8Array;
}

/**
 * Reads the output of `git cat-file --batch`. Sizes decide where an object ends, so content cannot pose as a header.
 * Objects that git calls missing or ambiguous are left out. Throws when the output is cut off.
 */
export function parseObjectBatch(output: Uint8Array): readonly BatchObject[] {
  const bytes = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
  const objects: BatchObject[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) throw new Error('the objects git gave end in the middle of a header');
    const [id = '', type = '', size] = bytes.subarray(at, end).toString('latin1').split(' ');
    at = end + 1;
    if (size === undefined) continue;
    const after = at + Number(size);
    if (!Number.isSafeInteger(after) || after >= bytes.length) {
      throw new Error('the objects git gave end in the middle of an object');
    }
    objects.push({ id, type, content: bytes.subarray(at, after) });
    at = after + 1;
  }
  return objects;
}
