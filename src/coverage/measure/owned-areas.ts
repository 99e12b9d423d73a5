/** Every line of CODEOWNERS is a pattern and its owners; only the patterns are looked at, never who is named. */
const mostAreas = 500;

/**
 * The areas that CODEOWNERS names, each by its pattern, with globs that mean the same. A pattern for everything and
 * patterns of file kinds (`*.sql`) are no areas. Later areas win over earlier ones.
 */
export function ownedAreas(text: string): readonly (readonly [name: string, globs: readonly string[]])[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/)[0] ?? '')
    .filter((pattern) => pattern !== '' && !/^[#![^]/.test(pattern))
    .map((pattern) => [pattern.replace(/^\/|\/?\*{0,2}$/g, ''), globsOf(pattern)] as const)
    .filter(([name]) => name !== '' && !/(?:^|\/)[^/]*\*[^/]*$/.test(name))
    .slice(-mostAreas);
}

/** A pattern without a slash before its end matches at any depth; a folder stands for all that is in it. */
function globsOf(pattern: string): readonly string[] {
  const path = pattern.replace(/^\//, '').replace(/\/$/, '');
  const anchored = /\/./.test(pattern) || pattern.startsWith('/') ? path : `**/${path}`;
  if (/\*\*?$/.test(anchored)) return [anchored];
  return pattern.endsWith('/') ? [`${anchored}/**`] : [anchored, `${anchored}/**`];
}
