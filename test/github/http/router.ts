import type { Route } from './route.ts';

interface Compiled {
  readonly route: Route;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  /** Fixed parts come before parameters: `/pulls/comments/{id}` before `/pulls/{number}/comments`. */
  readonly weight: string;
}

/** Parameters that may hold slashes, encoded or not. */
const multiSegment = new Set(['path', 'ref', 'basehead']);

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const compiled = routes.map(compile).sort((a, b) => (a.weight < b.weight ? -1 : 1));
  return (method, path) => {
    for (const { route, method: wanted, pattern, names } of compiled) {
      if (wanted !== method) continue;
      const found = pattern.exec(path);
      if (found === null) continue;
      return {
        route,
        params: Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? '')])),
      };
    }
    return undefined;
  };
}

function compile(route: Route): Compiled {
  const [method = '', path = ''] = route.operation.split(' ');
  const names: string[] = [];
  const segments = path.split('/').map((segment) => {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name === undefined) return segment.replaceAll('.', '\\.');
    names.push(name);
    // `contents/` with nothing behind it is the root folder.
    if (name === 'path') return '(.*)';
    return multiSegment.has(name) ? '(.+)' : '([^/]+)';
  });
  const weight = path
    .split('/')
    .map((segment) =>
      segment.startsWith('{') ? (multiSegment.has(segment.slice(1, -1)) ? '~~' : '~') : segment,
    )
    .join('/');
  // A parameter that swallows slashes comes after the same path with something behind it (`commits/{ref}/status`).
  const swallows = multiSegment.has(names.at(-1) ?? '') && path.endsWith('}');
  return {
    route,
    method,
    names,
    pattern: new RegExp(`^${segments.join('/')}$`),
    weight: `${swallows ? 1 : 0}${weight}`,
  };
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
