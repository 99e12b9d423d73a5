import { readFileSync } from 'node:fs';
import parseLcov from 'parse-lcov';
import { timed } from './timed.ts';

await timed(() => {
  // Published as CommonJS: what it calls its default export lies one level down.
  const parse = typeof parseLcov === 'function' ? parseLcov : parseLcov.default;
  return parse(readFileSync(process.argv[2] ?? '', 'utf8')).length;
});
