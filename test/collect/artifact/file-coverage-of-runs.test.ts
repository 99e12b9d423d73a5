import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileCoverageOfRuns } from '../../../src/collect/artifact/file-coverage-of-runs.ts';
import { statusRuns } from '../../../src/coverage/measure/status-runs.ts';
import { runsArbitrary } from '../../coverage/runs-arbitrary.ts';

it('run lengths put into columns give the same run lengths', () => {
  fc.assert(
    fc.property(runsArbitrary, (runs) => {
      expect(statusRuns(fileCoverageOfRuns('a.ts', runs))).toEqual(runs);
    }),
  );
});
