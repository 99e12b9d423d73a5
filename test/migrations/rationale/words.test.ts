import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dictionary,
  isCamelCase,
  letterwise,
  partsOf,
  stem,
  wordsOf,
} from '../../../src/migrations/rationale/words.ts';

test('a text of ASCII is read as every other text is', () => {
  const sources = ["[\\p{L}\\p{N}]+(?:['_.-]+[\\p{L}\\p{N}]+)*", '[^\\p{L}]+', '([\\p{Ll}])([\\p{Lu}])'];
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), fc.constantFrom(...sources), (text, source) => {
      const matches = text.match(letterwise(source, 'g')(text));
      expect(matches).toEqual(text.match(new RegExp(source, 'gu')));
    }),
  );
});

test('letters of all scripts make words', () => {
  expect(wordsOf('Größe von users.legacy_id, заказ 4.2')).toEqual([
    'Größe',
    'von',
    'users.legacy_id',
    'заказ',
    '4.2',
  ]);
  expect(partsOf('größeÄndern')).toEqual(['größ', 'ändern']);
  expect(['pausedAt', 'größeÄndern', 'Paused', 'paused_at'].map(isCamelCase)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('notes are no negation and themes are nobody', () => {
  expect(['notes', 'theme', 'not', 'them'].map(stem)).toEqual(['note', 'theme', 'not', 'them']);
});

test('a dictionary knows its words in every form', () => {
  const words = dictionary('index  indexes\ndelete');
  expect(['indexed', 'deletes', 'drop'].map((word) => words.has(stem(word)))).toEqual([true, true, false]);
});
