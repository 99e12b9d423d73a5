import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StatusRun } from '../../../../src/core/coverage-facts.ts';
import { readLeaf, writeLeaf } from '../../../../src/coverage/formats/history/history-leaf.ts';
import {
  readHistoryMessage,
  writeHistoryMessage,
} from '../../../../src/coverage/formats/history/history-message.ts';
import {
  decodeName,
  encodeName,
  leafPath,
  readLeafPath,
} from '../../../../src/coverage/formats/history/history-path.ts';
import { runsArbitrary } from '../../runs-arbitrary.ts';

const fileName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((name) => !name.includes('/') && !name.includes('\0') && !/\p{Cs}/u.test(name));

describe('a leaf of stored coverage', () => {
  it('is written in run lengths from line 1 on', () => {
    const runs: readonly StatusRun[] = [
      [5, 12, 'hit'],
      [17, 2, 'miss'],
      [20, 1, 'partial'],
    ];
    expect(writeLeaf(new Map([['a b.ts', runs]]))).toBe('a%20b.ts 12 1 2 .4h12m2.p\n');
  });

  it('reads back as it was written, whatever the names', () => {
    fc.assert(
      fc.property(fc.dictionary(fileName, runsArbitrary, { noNullPrototype: true }), (files) => {
        const map = new Map(Object.entries(files).filter(([, runs]) => runs.length > 0));
        expect(readLeaf(writeLeaf(map))).toEqual(new Map(map));
      }),
    );
  });

  it('of any text is read, or refused with a sentence, and what is read is written the same', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(?:[a-c%]{1,3} \d \d \d [.hpm0-9]{0,9}\n){0,3}$/), (text) => {
        const leaf = readLeaf(text);
        if (leaf instanceof Map)
          expect(writeLeaf(leaf).split('\n').toSorted()).toEqual(text.split('\n').toSorted());
        else expect(leaf).toEqual({ refused: expect.any(String) });
      }),
    );
  });
});

describe('a path of stored coverage', () => {
  it('has components that every host accepts', () => {
    expect(leafPath('unit', 'src/.git/x')).toBe('unit/src/%2Egit/x/%lines');
    expect(leafPath('a/b', '')).toBe('a%2Fb/%lines');
    expect(leafPath('..', '100%')).toBe('%2E./100%25/%lines');
  });

  it('reads back as it was written', () => {
    fc.assert(
      fc.property(fileName, fc.array(fileName, { maxLength: 4 }), (shard, folders) => {
        const directory = folders.join('/');
        expect(readLeafPath(leafPath(shard, directory))).toEqual({ shard, directory });
      }),
    );
  });

  it('is not read in another spelling', () => {
    for (const path of [
      '%lines',
      'unit/%6Cines',
      'unit/a%2fb/%lines',
      'unit/a%2Fb/%lines',
      'unit//%lines',
      'unit/%61/%lines',
    ])
      expect(readLeafPath(path)).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (text) => {
        const name = decodeName(text);
        if (name !== undefined) expect(encodeName(name)).toBe(text);
      }),
    );
  });
});

describe('the message of stored coverage', () => {
  it('names commit, totals, shards, modules and run', () => {
    const message = writeHistoryMessage({
      commit: 'c'.repeat(40),
      totals: { hit: 10, partial: 1, miss: 4 },
      shards: [{ name: 'unit tests', totals: { hit: 10, partial: 1, miss: 4 } }],
      modules: [
        { name: '', totals: { hit: 1, partial: 0, miss: 0 } },
        { name: 'packages/core', totals: { hit: 9, partial: 1, miss: 4 } },
      ],
      run: '12/1',
    });
    expect(message).toBe(
      `coverage ${'c'.repeat(40)}\n\nformat: 1\nlines: 10 1 4\nshard: unit%20tests 10 1 4\nmodule: packages%2Fcore 9 1 4\nmodule: % 1 0 0\nrun: 12/1\n`,
    );
    expect(readHistoryMessage(message)).toMatchObject({
      shards: [{ name: 'unit tests' }],
      modules: [{ name: 'packages/core' }, { name: '' }],
      run: '12/1',
    });
  });

  it('of any text is read or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readHistoryMessage(`coverage ${'c'.repeat(40)}\n\nformat: 1\n${text}`)).toBeTypeOf('object');
      }),
    );
  });
});
