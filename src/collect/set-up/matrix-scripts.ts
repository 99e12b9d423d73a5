/** No matrix of GitHub's has more jobs. */
const mostVariants = 256;
const expression = /\$\{\{\s*matrix\.([\w-]+(?:\.[\w-]+)*)\s*\}\}/g;

/** A script as the jobs of its matrix run it, one below the other: what `${{ matrix.key }}` stands for is filled in. */
export function matrixScripts(script: string, matrix: unknown): string {
  const named = new Map(
    [...script.matchAll(expression)].map(([, path = '']) => [path, valuesOf(matrix, path.split('.'))]),
  );
  const count = Math.min(mostVariants, Math.max(0, ...[...named.values()].map(({ length }) => length)));
  if (count === 0) return script;
  return Array.from({ length: count }, (_, index) =>
    script.replace(expression, (_whole, path: string) => named.get(path)?.[index] ?? ''),
  ).join('\n');
}

/** The values of a key in the order of its list, those of `include` behind it. */
function valuesOf(matrix: unknown, [key = '', ...rest]: readonly string[]): readonly string[] {
  const listed = property(matrix, key);
  const included = property(matrix, 'include');
  return [
    ...(Array.isArray(listed) ? listed : []),
    ...(Array.isArray(included) ? included.map((entry: unknown) => property(entry, key)) : []),
  ].flatMap((value: unknown) => {
    const found = rest.reduce(property, value);
    return typeof found === 'string' || typeof found === 'number' ? [String(found)] : [];
  });
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
