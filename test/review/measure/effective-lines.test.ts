import { expect, test } from 'vitest';
import { effectiveLines, leftOut } from '../../../src/review/measure/effective-lines.ts';

test.each([
  ['package-lock.json', 'lock files'],
  ['web/pnpm-lock.yaml', 'lock files'],
  ['Cargo.lock', 'lock files'],
  ['go.sum', 'lock files'],
  ['vendor/github.com/x/y.go', 'vendored files'],
  ['a/third_party/z.c', 'vendored files'],
  ['src/__snapshots__/a.test.ts.snap', 'snapshots'],
  ['tests/__snapshots__/test_a.ambr', 'snapshots'],
  ['public/app.min.js', 'generated files'],
  ['dist/app.js.map', 'generated files'],
  ['api/service.pb.go', 'generated files'],
  ['api/service_pb2_grpc.py', 'generated files'],
  ['src/generated/client.ts', 'generated files'],
  ['graphql/types_generated.go', 'generated files'],
  ['README.md', 'documentation'],
  ['docs/guide/install.txt', 'documentation'],
  ['LICENSE', 'documentation'],
  ['CHANGELOG', 'documentation'],
])('%s is left out as %s', (path, why) => {
  expect(leftOut(path)).toBe(why);
});

test.each([
  'package.json',
  'go.mod',
  'src/index.ts',
  'test/index.test.ts',
  'src/lock.ts',
  'src/generator.ts',
  'src/generate-docs.ts',
  'src/vendor.ts',
  'db/migrate/20260101_orders.sql',
  '.github/workflows/ci.yml',
  'docs/conf.py',
  'src/license.ts',
  'requirements.txt',
  'README',
])('%s counts', (path) => {
  expect(leftOut(path)).toBeUndefined();
});

test('lines are summed apart, the reason with the most lines first', () => {
  expect(
    effectiveLines([
      { path: 'src/a.ts', lines: 7 },
      { path: 'docs/a.md', lines: 3 },
      { path: 'yarn.lock', lines: 400 },
      { path: 'src/b.ts', lines: 5 },
      { path: 'go.sum', lines: 0 },
    ]),
  ).toEqual({ lines: 12, leftOut: 403, reasons: ['lock files', 'documentation'] });
});

test('nothing has no lines and no reasons', () => {
  expect(effectiveLines([])).toEqual({ lines: 0, leftOut: 0, reasons: [] });
});
