import { readReport } from '../../src/collect/coverage/read-report.ts';
import { timed } from './timed.ts';

await timed(async () => {
  const report = await readReport(process.argv[2] ?? '');
  if ('unavailable' in report) throw new Error(report.unavailable);
  return report.files.length;
});
