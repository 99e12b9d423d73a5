import { excerpt, MalformedReport } from './malformed-report.ts';
import { mostAttributes, signature, XmlTag } from './xml-tag.ts';

/** What a report format does with the tags it meets. */
export interface XmlHandler {
  /**
   * Reads tags from `at` on by itself, if it likes, with the text between them, and gives where it stops; it counts the
   * lines in `tag`. What it leaves comes one tag at a time. `bytes[end]` is 0, as in no XML.
   */
  openRun?(bytes: Uint8Array, at: number, end: number, tag: XmlTag): number;
  open(tag: XmlTag): void;
  close(tag: XmlTag): void;
}

const newline = 10;
const quote = 34;
const apostrophe = 39;
const slash = 47;
const less = 60;
const equals = 61;
const greater = 62;
const longestTag = 1 << 20;
/** Stands behind the last byte, where it ends every loop; XML itself has no such character. */
const sentinel = 0;

const bytesOf = (text: string) => new TextEncoder().encode(text);
const endOfComment = bytesOf('-->');
const endOfData = bytesOf(']]>');
const endOfInstruction = bytesOf('?>');
const endOfSubset = bytesOf(']');
const endOfDeclaration = bytesOf('>');

/**
 * Reads tags and attributes from chunks of any size; text, comments and CDATA are passed over. There is no document type
 * and no entity but the five of XML and character numbers, so nothing can grow or be fetched. Closing tags need not match
 * the open ones: real reports have such slips. `isComplete` is false while the root has not been closed.
 */
export class XmlScanner {
  readonly #handler: XmlHandler;
  readonly #tag = new XmlTag();
  /** What the last chunks left, with room for the next one. */
  #buffer = new Uint8Array(0);
  #restLength = 0;
  #skipTo: readonly Uint8Array[] = [];
  #root: string | undefined;
  isComplete = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  push(chunk: Uint8Array): void {
    const end = this.#restLength + chunk.length;
    if (this.#buffer.length <= end) {
      const larger = new Uint8Array(Math.max(end + 1, this.#buffer.length * 2));
      larger.set(this.#buffer.subarray(0, this.#restLength));
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.#restLength);
    this.#buffer[end] = sentinel;
    this.#tag.bytes = this.#buffer;
    const done = this.#scan(this.#buffer, end);
    if (end - done > longestTag) throw new MalformedReport('a tag is longer than 1 MiB', this.#tag.line);
    this.#buffer.copyWithin(0, done, end);
    this.#restLength = end - done;
  }

  /** One sentence with the place when the root was never closed. */
  cutOff(): string | undefined {
    return this.isComplete ? undefined : `the report is cut off in line ${this.#tag.line}`;
  }

  /** Gives the first byte that still needs what comes after it. */
  #scan(bytes: Uint8Array, end: number): number {
    let at = 0;
    for (;;) {
      while (this.#skipTo.length > 0) {
        const pattern = this.#skipTo[0] as Uint8Array;
        const found = indexOf(bytes, pattern, at, end);
        this.#tag.line += newlines(bytes, at, found === -1 ? Math.max(at, end - pattern.length + 1) : found);
        if (found === -1) return Math.max(at, end - pattern.length + 1);
        at = found + pattern.length;
        this.#skipTo = this.#skipTo.slice(1);
      }
      const textStart = at;
      const textLine = this.#tag.line;
      let tagLine = textLine;
      for (; at < end; at += 1) {
        const byte = bytes[at] as number;
        if (byte === less) break;
        if (byte === newline) tagLine += 1;
      }
      this.#tag.line = tagLine;
      const next = at + 1 < end ? (bytes[at + 1] as number) : -1;
      let after = -1;
      if (next === 33 || next === 63) after = this.#declaration(bytes, at, end);
      else if (next === slash) after = this.#closingTag(bytes, textStart, at, end);
      else if (next !== -1) {
        after = this.#tag.keepText ? at : (this.#handler.openRun?.(bytes, at, end, this.#tag) ?? at);
        if (after === at) after = this.#openingTag(bytes, at, end);
      }
      if (after === -1) {
        this.#tag.line = this.#tag.keepText ? textLine : tagLine;
        return this.#tag.keepText ? textStart : at;
      }
      at = after;
    }
  }

  #declaration(bytes: Uint8Array, at: number, end: number): number {
    if (bytes[at + 1] === 63) this.#skipTo = [endOfInstruction];
    else {
      if (end - at < 9) return -1;
      if (bytes[at + 2] === 45 && bytes[at + 3] === 45) {
        this.#skipTo = [endOfComment];
        return at + 4;
      }
      if (bytes[at + 2] === 91) this.#skipTo = [endOfData];
      else {
        // The internal subset of a document type: skipped whole, whatever it declares.
        let stop = at + 2;
        while (stop < end && bytes[stop] !== 91 && bytes[stop] !== greater) stop += 1;
        if (stop === end) return -1;
        this.#skipTo = bytes[stop] === 91 ? [endOfSubset, endOfDeclaration] : [endOfDeclaration];
        return stop;
      }
    }
    return at + 2;
  }

  #closingTag(bytes: Uint8Array, textStart: number, at: number, end: number): number {
    let stop = at + 2;
    while (stop < end && bytes[stop] !== greater) stop += 1;
    if (stop === end) return -1;
    this.#tag.nameStart = at + 2;
    this.#tag.nameEnd = stop;
    while (this.#tag.nameEnd > this.#tag.nameStart && (bytes[this.#tag.nameEnd - 1] as number) <= 32)
      this.#tag.nameEnd -= 1;
    this.#tag.nameSignature = signature(bytes, this.#tag.nameStart, this.#tag.nameEnd);
    this.#tag.textStart = this.#tag.keepText ? textStart : -1;
    this.#tag.textEnd = at;
    this.#tag.keepText = false;
    this.#tag.attributesEnd = 0;
    this.#close();
    return stop + 1;
  }

  #openingTag(bytes: Uint8Array, start: number, end: number): number {
    let at = start + 1;
    let byte = bytes[at] as number;
    while (byte > greater || (byte > 32 && byte !== slash && byte !== greater)) byte = bytes[++at] as number;
    if (at >= end) return -1;
    if (at === start + 1) throw new MalformedReport('a tag has no name', this.#tag.line);
    const tag = this.#tag;
    tag.nameStart = start + 1;
    tag.nameEnd = at;
    tag.nameSignature = signature(bytes, start + 1, at);
    const attributes = tag.attributes;
    let count = 0;
    for (;;) {
      while (byte <= 32 && at < end) {
        if (byte === newline) tag.line += 1;
        byte = bytes[++at] as number;
      }
      if (at >= end) return -1;
      if (byte === greater || byte === slash) break;
      const nameStart = at;
      while (byte > greater || (byte > 32 && byte !== equals && byte !== greater))
        byte = bytes[++at] as number;
      const nameEnd = at;
      while (byte <= 32 && at < end) byte = bytes[++at] as number;
      if (at >= end) return -1;
      if (byte !== equals) throw this.#badTag(nameStart, nameEnd);
      byte = bytes[++at] as number;
      while (byte <= 32 && at < end) byte = bytes[++at] as number;
      if (at >= end) return -1;
      const mark = byte;
      if (mark !== quote && mark !== apostrophe) throw this.#badTag(nameStart, nameEnd);
      byte = bytes[++at] as number;
      const valueStart = at;
      let number = 0;
      let digit = byte ^ 48;
      for (; digit < 10; digit = byte ^ 48) {
        number = number * 10 + digit;
        byte = bytes[++at] as number;
      }
      // Nine digits always fit; a longer one is read again, with care, by who wants it.
      const isNumber = byte === mark && at > valueStart && at - valueStart <= 9;
      while (byte !== mark && byte !== sentinel) byte = bytes[++at] as number;
      if (at >= end) return -1;
      if (byte === sentinel) throw this.#badTag(nameStart, nameEnd);
      if (count === mostAttributes * 4) throw new MalformedReport('a tag has over 256 attributes', tag.line);
      attributes[count] = nameStart;
      attributes[count + 1] = signature(bytes, nameStart, nameEnd);
      attributes[count + 2] = valueStart;
      attributes[count + 3] = at;
      tag.numbers[count >> 2] = isNumber ? number : -1;
      count += 4;
      byte = bytes[++at] as number;
    }
    const isEmpty = byte === slash;
    if (isEmpty) {
      if (at + 1 >= end) return -1;
      at += 1;
      if (bytes[at] !== greater) throw this.#badTag(this.#tag.nameStart, this.#tag.nameEnd);
    }
    this.#tag.attributesEnd = count;
    this.#tag.keepText = false;
    this.#root ??= this.#tag.slice(this.#tag.nameStart, this.#tag.nameEnd);
    this.#handler.open(this.#tag);
    if (isEmpty) {
      this.#tag.keepText = false;
      this.#tag.textStart = -1;
      this.#close();
    }
    return at + 1;
  }

  #close(): void {
    this.#handler.close(this.#tag);
    if (
      this.#root?.length === this.#tag.nameEnd - this.#tag.nameStart &&
      this.#tag.slice(this.#tag.nameStart, this.#tag.nameEnd) === this.#root
    ) {
      this.isComplete = true;
    }
  }

  #badTag(start: number, end: number): MalformedReport {
    return new MalformedReport(
      `${excerpt(this.#tag.slice(start, end))} is no well-formed attribute or tag`,
      this.#tag.line,
    );
  }
}

function indexOf(bytes: Uint8Array, pattern: Uint8Array, from: number, end: number): number {
  const first = pattern[0] as number;
  for (
    let at = bytes.indexOf(first, from);
    at !== -1 && at + pattern.length <= end;
    at = bytes.indexOf(first, at + 1)
  ) {
    let same = 1;
    while (same < pattern.length && bytes[at + same] === pattern[same]) same += 1;
    if (same === pattern.length) return at;
  }
  return -1;
}

function newlines(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) if (bytes[at] === newline) count += 1;
  return count;
}
