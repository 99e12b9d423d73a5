import { expect, it } from 'vitest';
import { missingShards, type ShardExtent } from '../../../src/coverage/measure/missing-shards.ts';

function shard(name: string, files: readonly string[]): ShardExtent {
  return { name, files: new Set(files), count: { ran: 0, lines: files.length * 10 } };
}

const four = ['1', '2', '3', '4'].map((number) => shard(`tests-${number}of4`, ['a.ts', 'b.ts']));

it('a shard of a matrix is missing by its name, though the others cover the same files', () => {
  expect(missingShards(four, four.slice(0, 3))).toEqual([{ name: 'tests-4of4', files: 2, lines: 20 }]);
  expect(missingShards(four, four)).toEqual([]);
});

it('a shard that was renamed is not missing, when half of its files are in the new one', () => {
  expect(missingShards([shard('old', ['a', 'b'])], [shard('new', ['a', 'z'])])).toEqual([]);
  expect(missingShards([shard('old', ['a', 'b', 'c'])], [shard('new', ['a'])])).toHaveLength(1);
});

it('a shard whose files are all gone is not expected any more', () => {
  expect(missingShards([shard('old', [])], [])).toEqual([]);
});

it('one new shard stands for one old one only', () => {
  const [a, b] = [shard('a', ['x']), shard('b', ['x'])];
  expect(missingShards([a, b], [shard('new', ['x'])]).map(({ name }) => name)).toEqual(['b']);
});

it('a joined report stands for all whose files it has', () => {
  const [a, b] = [shard('a', ['x', 'y']), shard('b', ['z'])];
  expect(missingShards([a, b], [shard('all', ['x', 'y', 'z'])])).toEqual([]);
});
