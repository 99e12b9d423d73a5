import { expect, test } from 'vitest';
import { isSourceFile } from '../../../src/coverage/measure/source-file.ts';

test.each([
  ['app/models/schema.rb', true],
  ['db/seeds.rb', true],
  ['db/schema.rb', false],
  ['db/queue_schema.rb', false],
  ['engines/shop/db/schema.rb', false],
])('%s is a file that tests run: %s', (path, expected) => {
  expect(isSourceFile(path, new Set(['.rb']))).toBe(expected);
});
