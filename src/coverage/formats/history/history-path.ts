/** The leaf of every directory; the encoding below writes no other `%` than one before two capital hexadecimal digits. */
const leafName = '%lines';

/** Where the lines of a shard's source directory are kept: `<shard>/<directory>/%lines`; '' is the repository's root. */
export function leafPath(shard: string, directory: string): string {
  const folders = directory === '' ? [] : directory.split('/');
  return [shard, ...folders].map(encodeName).concat(leafName).join('/');
}

/** The way back; undefined for any path that `leafPath` would not have written. */
export function readLeafPath(
  path: string,
): { readonly shard: string; readonly directory: string } | undefined {
  const components = path.split('/');
  if (components.pop() !== leafName || components.length === 0) return undefined;
  const names = components.map(decodeName);
  if (names.some((name) => name === undefined || name === '')) return undefined;
  const [shard = '', ...folders] = names as readonly string[];
  if (folders.some((folder) => folder.includes('/'))) return undefined;
  return { shard, directory: folders.join('/') };
}

/**
 * One component of a path, or one word of a line: what git or its hosts refuse as a name (`.`, `..`, `.git…`), what would
 * end a word and what cannot be seen is written `%XX`, byte by byte.
 */
export function encodeName(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Z}%"\\/]/gu, escaped);
  return /^\.(?:\.?$|git)/i.test(plain) ? `%2E${plain.slice(1)}` : plain;
}

/** The name, when this is how `encodeName` writes it; undefined for anything else. */
export function decodeName(text: string): string | undefined {
  if (text === '' || text.length > 8192) return undefined;
  try {
    const name = decodeURIComponent(text);
    return encodeName(name) === text ? name : undefined;
  } catch {
    return undefined;
  }
}

function escaped(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
