import { createReadStream } from 'node:fs';
import { lcovParser } from '@friedemannsommer/lcov-parser';
import { timed } from './timed.ts';

await timed(async () => (await lcovParser({ from: createReadStream(process.argv[2] ?? '') })).length);
