import { describe, expect, test } from 'vitest';
import { assessRationale } from '../../../src/migrations/rationale/assess-rationale.ts';
import { corpus } from './corpus.ts';
import { factsOfText } from './facts-of-text.ts';
import { freshCorpus } from './fresh-corpus.ts';

describe('the labelled corpus', () => {
  test.each(Object.entries({ ...corpus, ...freshCorpus }))('%s', (_title, sample) => {
    const { change, migrations, pullRequest } = factsOfText(sample);
    const assessment = assessRationale(change, migrations, pullRequest, 8);
    expect({
      verdict: assessment.reading,
      open: assessment.open,
      contradiction: assessment.contradictions[0]?.kind,
    }).toEqual({ verdict: sample.verdict, open: sample.open ?? [], contradiction: sample.contradiction });
  });
});
