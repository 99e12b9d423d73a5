import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../../src/collect/artifact/read-zip.ts';
import { zipOf } from '../../github/admin/zip.ts';

const limits = { name: 'coverage.json', maxBytes: 1024 * 1024 };

describe('an archive of one entry', () => {
  it('gives its content', () => {
    const content = readZip(zipOf({ 'coverage.json': 'hello' }), limits);
    expect(Buffer.from(content as Uint8Array).toString()).toBe('hello');
  });

  it('exactly at the limit is read, a byte over it is not', () => {
    const at = zipOf({ 'coverage.json': Buffer.alloc(limits.maxBytes) });
    expect((readZip(at, limits) as Uint8Array).length).toBe(limits.maxBytes);
    const over = zipOf({ 'coverage.json': Buffer.alloc(limits.maxBytes + 1) });
    expect(readZip(over, limits)).toEqual({ refused: 'it unpacks to more than 1 MB' });
  });

  it('may have a comment behind it', () => {
    const zip = zipOf({ 'coverage.json': 'hello' });
    zip.writeUInt16LE(3, zip.length - 2);
    const content = readZip(Buffer.concat([zip, Buffer.from('end')]), limits);
    expect(Buffer.from(content as Uint8Array).toString()).toBe('hello');
  });

  it('cut anywhere is refused', () => {
    const zip = zipOf({ 'coverage.json': 'hello '.repeat(20) });
    for (let length = 0; length < zip.length; length += 1)
      expect(readZip(zip.subarray(0, length), limits)).toEqual({ refused: expect.any(String) });
  });

  it('with any byte changed gives the same content or is refused', () => {
    const zip = zipOf({ 'coverage.json': 'hello '.repeat(20) });
    for (let at = 0; at < zip.length; at += 1) {
      for (const flip of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(zip);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const read = readZip(changed, limits);
        if (!('refused' in read)) expect(Buffer.from(read).toString()).toBe('hello '.repeat(20));
      }
    }
  });

  it('any bytes are refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readZip(bytes, limits)).toEqual({ refused: expect.any(String) });
      }),
    );
  });
});
