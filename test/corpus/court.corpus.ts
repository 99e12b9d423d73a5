import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRecordedTimelines } from '../../src/collect/github/recorded-timelines.ts';
import { courtOfRecorded } from '../../src/court-pipeline.ts';
import { courtText } from '../../src/render/court.ts';
import { convertOutcomes } from './convert-outcomes.ts';
import { convertFull } from './convert-recordings.ts';

const data = process.env.REVIEW_VITALS_DATA;
const folder = join(data ?? '', 'review');
const isThere = data !== undefined && existsSync(join(folder, 'gui-outcomes.json'));

describe.skipIf(!isThere)('the rules on trial, on recorded outcomes', () => {
  // Watched for half a year as usual, and for two years with what is usual learned from all years.
  it.each([
    [180, 180],
    [730, 3650],
  ])('watched for %i days', (watchedDays, learnedDays) => {
    const timelines = readRecordedTimelines(
      JSON.stringify(convertFull(join(folder, 'gui.jsonl'))),
      'gui.jsonl',
    );
    const report = courtOfRecorded({
      now: '2026-11-22T00:00:00Z',
      seed: 1,
      watchedDays,
      learnedDays,
      repository: { name: timelines.repository },
      timelines,
      outcomes: convertOutcomes(join(folder, 'gui-outcomes.json')),
    });
    console.log(courtText(report, 110));
    // 31 outcomes in six years: nothing can be supported, and nothing may be called unsupported.
    for (const { verdict, twin } of report.trials)
      expect([verdict, twin.verdict]).toEqual(['too little data', 'too little data']);
  });
});
