/** Beyond this a file is data, not schema. Chosen by us: reading it would take longer than the rest of the run. */
export const fileLimit = 8 * 1024 * 1024;

export interface DecodedSql {
  readonly text: string;
  /** Why the text is not to be read as SQL, where that is so. */
  readonly why?: string;
}

/** UTF-8 with or without a byte order mark; bytes that are not UTF-8 become U+FFFD. Of a file too large, its head. */
export function decodeSql(bytes: Uint8Array): DecodedSql {
  const decoder = new TextDecoder();
  if (bytes.length > fileLimit) {
    const megabytes = Math.ceil(bytes.length / 1024 / 1024);
    return {
      text: decoder.decode(bytes.subarray(0, 64 * 1024)),
      why: `the file has ${megabytes} MiB; files over ${fileLimit / 1024 / 1024} MiB are not read`,
    };
  }
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { text: '', why: 'the file is UTF-16; only UTF-8 is read' };
  }
  if (bytes.includes(0)) {
    return {
      text: decoder.decode(bytes),
      why: 'the file holds a NUL byte, which PostgreSQL does not accept either',
    };
  }
  return { text: decoder.decode(bytes) };
}
