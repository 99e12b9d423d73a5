import { lastLineNumber } from './file-coverage.ts';
import { excerpt, MalformedReport } from './malformed-report.ts';
import type { NameKey } from './name-key.ts';

/** A tag's or attribute's name as bytes; made once, compared often. */
export interface XmlName {
  readonly bytes: Uint8Array;
  /** As `signature` makes it of the name: most other names differ already in it. */
  readonly signature: number;
}

export function xmlName(name: string): XmlName {
  const bytes = new TextEncoder().encode(name);
  return { bytes, signature: signature(bytes, 0, bytes.length) };
}

/** Length, first and last byte of a name in one number. */
export function signature(bytes: Uint8Array, start: number, end: number): number {
  return (Math.min(end - start, 0x7fff) << 16) | ((bytes[start] as number) << 8) | (bytes[end - 1] as number);
}

/** A tag may have no more; real reports have under ten. */
export const mostAttributes = 256;

const ampersand = 38;
const slash = 47;

/**
 * The tag a scanner stands at: its name, attributes and text. The scanner fills one again and again, so it is good only
 * while the handler's call lasts.
 */
export class XmlTag {
  readonly #decoder = new TextDecoder();
  #next = 0;
  bytes = new Uint8Array(0);
  /** Line of the report. */
  line = 1;
  nameStart = 0;
  nameEnd = 0;
  textStart = -1;
  textEnd = -1;
  /** Signature of the tag's name. */
  nameSignature = 0;
  /** Start and signature of the name, start and end of the value, four numbers an attribute. */
  readonly attributes = new Int32Array(mostAttributes * 4);
  /** Numbers in use. */
  attributesEnd = 0;
  /** The value of each attribute that is a number of at most nine digits, else -1. */
  readonly numbers = new Int32Array(mostAttributes);
  /** Set by a handler in `open`: the text that follows directly is kept for `text` in `close`. */
  keepText = false;

  /** Is the tag called so? */
  is(name: XmlName): boolean {
    return this.nameSignature === name.signature && this.#equals(this.nameStart, name.bytes);
  }

  /** An attribute as text, entities resolved; undefined when the tag lacks it. */
  attribute(name: XmlName): string | undefined {
    const at = this.#find(name);
    if (at === -1) return undefined;
    return unescaped(this.slice(this.attributes[at + 2] as number, this.attributes[at + 3] as number));
  }

  /** Adds an attribute's text to a key; nothing when the tag lacks it. */
  addTo(key: NameKey, name: XmlName): void {
    const at = this.#find(name);
    if (at === -1) return;
    const start = this.attributes[at + 2] as number;
    const end = this.attributes[at + 3] as number;
    if (isPlain(this.bytes, start, end)) key.addBytes(this.bytes, start, end);
    else key.addText(unescaped(this.slice(start, end)));
  }

  /** A whole number of at least 0; undefined when the tag lacks the attribute. */
  number(name: XmlName): number | undefined {
    const at = this.#find(name);
    if (at === -1) return undefined;
    const known = this.numbers[at >> 2] as number;
    if (known >= 0) return known;
    const bytes = this.bytes;
    const end = this.attributes[at + 3] as number;
    let index = this.attributes[at + 2] as number;
    let value = 0;
    if (index === end) throw this.wrong(name);
    for (; index < end; index += 1) {
      const digit = (bytes[index] as number) - 48;
      if (digit < 0 || digit > 9) throw this.wrong(name);
      value = value * 10 + digit;
    }
    return value;
  }

  /** The number of a line, 0 among them; throws when the tag lacks it or no file can have so many. */
  lineNumber(name: XmlName): number {
    const line = this.number(name);
    if (line === undefined || line > lastLineNumber) throw this.wrong(name);
    return line;
  }

  /** The first "(1/2)" in an attribute; undefined when there is none. */
  fraction(name: XmlName): { readonly covered: number; readonly total: number } | undefined {
    const at = this.#find(name);
    if (at === -1) return undefined;
    const bytes = this.bytes;
    const end = this.attributes[at + 3] as number;
    let index = this.attributes[at + 2] as number;
    while (index < end && bytes[index] !== 40) index += 1;
    let covered = 0;
    let total = 0;
    let isTotal = false;
    for (index += 1; index < end; index += 1) {
      const byte = bytes[index] as number;
      if (byte === 41) return isTotal ? { covered, total } : undefined;
      if (byte === slash && !isTotal) isTotal = true;
      else if (byte < 48 || byte > 57) return undefined;
      else if (isTotal) total = total * 10 + byte - 48;
      else covered = covered * 10 + byte - 48;
    }
    return undefined;
  }

  /** Does a count say that something ran? Negative counts (overflow) do; an absent one does not. */
  ran(name: XmlName): boolean {
    const at = this.#find(name);
    if (at === -1) return false;
    const known = this.numbers[at >> 2] as number;
    if (known >= 0) return known > 0;
    const bytes = this.bytes;
    const end = this.attributes[at + 3] as number;
    let ran = false;
    for (let index = this.attributes[at + 2] as number; index < end; index += 1) {
      const digit = (bytes[index] as number) - 48;
      if (digit < 0 || digit > 9) {
        const text = this.slice(this.attributes[at + 2] as number, end);
        if (!/^\s*[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/.test(text)) throw this.wrong(name);
        return /[1-9]/.test(text.replace(/[eE].*$/, ''));
      }
      if (digit !== 0) ran = true;
    }
    return ran;
  }

  /** The text directly before a closing tag, when `keepText` was set at its opening. */
  text(): string {
    return this.textStart === -1 ? '' : unescaped(this.slice(this.textStart, this.textEnd));
  }

  wrong(name: XmlName): MalformedReport {
    const value = this.attribute(name) ?? '';
    return new MalformedReport(
      `${excerpt(`${this.#decoder.decode(name.bytes)}="${value}"`)} cannot be read`,
      this.line,
    );
  }

  #find(name: XmlName): number {
    const attributes = this.attributes;
    const { signature, bytes } = name;
    const end = this.attributesEnd;
    // Handlers mostly ask in the order in which tools write.
    let at = this.#next < end ? this.#next : 0;
    for (let left = end; left > 0; left -= 4) {
      const after = at + 4;
      if (attributes[at + 1] === signature && this.#equals(attributes[at] as number, bytes)) {
        this.#next = after;
        return at;
      }
      at = after < end ? after : 0;
    }
    return -1;
  }

  /** Given that the lengths are equal, do the bytes agree? */
  #equals(start: number, name: Uint8Array): boolean {
    const bytes = this.bytes;
    for (let index = name.length - 1; index >= 0; index -= 1) {
      if (bytes[start + index] !== name[index]) return false;
    }
    return true;
  }

  /** The bytes from `start` to `end` as text. */
  slice(start: number, end: number): string {
    return this.#decoder.decode(this.bytes.subarray(start, end));
  }
}

/** Are the bytes the text itself: ASCII without entities? */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte === ampersand || byte > 127) return false;
  }
  return true;
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** An entity that XML itself does not define stays as written. */
function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/g,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return named[name as string] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
