import { crc32, inflateRawSync } from 'node:zlib';
import type { Refused } from './read-coverage-data.ts';

export interface ZipLimits {
  /** The one entry that is expected. */
  readonly name: string;
  /** Bytes it may have unpacked, whatever the archive says about itself. */
  readonly maxBytes: number;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const [endLength, entryLength, localLength] = [22, 46, 30];
/** The longest comment that can stand behind the end record. */
const longestComment = 65_535;
const [stored, deflated] = [0, 8];

/**
 * The content of an archive's single entry. Anything a job of ours would not have packed is refused before a byte of it
 * is unpacked: further entries, other names, encryption, other methods, sizes that contradict each other.
 */
export function readZip(archive: Uint8Array, { name, maxBytes }: ZipLimits): Uint8Array | Refused {
  const zip = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = endRecord(zip);
  if (end === undefined) return { refused: 'it is no whole zip archive' };
  const entries = zip.readUInt16LE(end + 10);
  const directory = zip.readUInt32LE(end + 16);
  if (entries !== 1) return { refused: `it holds ${entries} entries instead of the one that is expected` };
  if (directory + entryLength > end || zip.readUInt32LE(directory) !== entryMark)
    return { refused: 'its zip directory cannot be read' };
  const nameLength = zip.readUInt16LE(directory + 28);
  if (directory + entryLength + nameLength > end) return { refused: 'its zip directory cannot be read' };
  const found = zip.toString('utf8', directory + entryLength, directory + entryLength + nameLength);
  if (found !== name) return { refused: `its entry has another name than ${name}` };
  const [flags, method] = [zip.readUInt16LE(directory + 8), zip.readUInt16LE(directory + 10)];
  if (flags & 1) return { refused: 'its entry is encrypted' };
  if (method !== stored && method !== deflated)
    return { refused: 'its entry is packed in a way that a test job does not use' };
  const [sum, packed, size] = [16, 20, 24].map((at) => zip.readUInt32LE(directory + at)) as [
    number,
    number,
    number,
  ];
  if (size > maxBytes) return { refused: tooLarge(maxBytes) };
  const local = zip.readUInt32LE(directory + 42);
  if (local + localLength > directory || zip.readUInt32LE(local) !== localMark)
    return { refused: 'its zip entry cannot be read' };
  const start = local + localLength + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  if (start + packed > directory) return { refused: 'its zip entry ends before its content' };
  const content = unpack(zip.subarray(start, start + packed), method, maxBytes);
  if ('refused' in content) return content;
  return content.length === size && crc32(content) === sum
    ? content
    : { refused: 'its zip entry unpacks to something else than it says' };
}

function endRecord(zip: Buffer): number | undefined {
  const first = Math.max(0, zip.length - endLength - longestComment);
  for (let at = zip.length - endLength; at >= first; at -= 1) {
    if (zip.readUInt32LE(at) === endMark && at + endLength + zip.readUInt16LE(at + 20) === zip.length)
      return at;
  }
  return undefined;
}

function unpack(packed: Buffer, method: number, maxBytes: number): Uint8Array | Refused {
  if (method === stored) return packed.length > maxBytes ? { refused: tooLarge(maxBytes) } : packed;
  try {
    // The inflater itself stops at the limit: the archive's own words about its size are only words.
    return inflateRawSync(packed, { maxOutputLength: maxBytes });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? { refused: tooLarge(maxBytes) }
      : { refused: 'its zip entry cannot be unpacked' };
  }
}

function tooLarge(maxBytes: number): string {
  return `it unpacks to more than ${Math.floor(maxBytes / 1024 / 1024)} MB`;
}
