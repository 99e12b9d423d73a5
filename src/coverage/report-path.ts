export interface ReportPath {
  /** Names an absolute place: from another machine, unless it lies in the workspace. */
  readonly isAbsolute: boolean;
  /** Slashes only, no empty, `.` or resolvable `..` segment, no slash at either end. */
  readonly path: string;
}

/**
 * Takes the spelling out of a path: `file://`, URL escapes of such addresses, Windows drives and backslashes, the `/_/`
 * root of deterministic .NET builds, git's quoted form ("\303\244"), `./` and `..`.
 */
export function reportPath(text: string): ReportPath {
  let path = unquoted(text.trim());
  if (/^file:\/\//i.test(path)) path = unescaped(path.replace(/^file:\/\/(?:localhost)?/i, ''));
  if (/^\/?[A-Za-z]:[\\/]/.test(path) || (path.includes('\\') && !path.includes('/'))) {
    path = path.replaceAll('\\', '/');
  }
  const drive = /^\/?[A-Za-z]:\//.exec(path);
  if (drive !== null) path = path.slice(drive[0].length - 1);
  if (path.startsWith('/_/')) path = path.slice(3);
  const isAbsolute = path.startsWith('/');
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (!isAbsolute) segments.push('..');
  }
  return { isAbsolute, path: segments.join('/') };
}

/** `folder` and `path` in one, with the `..` of `path` taken out of `folder`. */
export function joinPath(folder: string, path: string): string {
  return reportPath(`${folder === '' ? '.' : folder}/${path}`).path;
}

/** Undoes URL escapes; a path with a bare percent sign stays as it is. */
export function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function unquoted(path: string): string {
  if (path.length < 2 || !path.startsWith('"') || !path.endsWith('"')) return path;
  const named: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
  const encoder = new TextEncoder();
  const inner = path.slice(1, -1);
  // An escape is no shorter than what it stands for.
  const bytes = new Uint8Array(encoder.encode(inner).length);
  let length = 0;
  for (const [, octal, letter, plain] of inner.matchAll(/\\([0-7]{3})|\\(.)|([^\\]+|\\$)/gsu)) {
    const byte = octal === undefined ? named[letter ?? ''] : Number.parseInt(octal, 8) & 0xff;
    if (byte === undefined)
      length += encoder.encodeInto(letter ?? plain ?? '', bytes.subarray(length)).written;
    else bytes[length++] = byte;
  }
  return new TextDecoder().decode(bytes.subarray(0, length));
}
