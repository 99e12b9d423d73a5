import { describe, expect, test } from 'vitest';
import { assessRationale } from '../../../src/migrations/rationale/assess-rationale.ts';
import { type BlindSample, blindNonReasons, blindReasons } from './blind-corpus.ts';
import { factsOfText } from './facts-of-text.ts';

function openQuestions(sample: BlindSample): readonly string[] {
  const { change, migrations, pullRequest } = factsOfText(sample);
  return assessRationale(change, migrations, pullRequest, 8).open;
}

describe('a reason', () => {
  test.each(Object.entries(blindReasons))('%s', (_title, sample) => {
    expect(openQuestions(sample)).toEqual(sample.open);
  });
});

describe('no reason', () => {
  test.each(Object.entries(blindNonReasons))('%s', (_title, sample) => {
    expect(openQuestions(sample)).toEqual(sample.open);
  });
});
