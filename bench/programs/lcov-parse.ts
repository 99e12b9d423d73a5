import lcovParse from 'lcov-parse';
import { timed } from './timed.ts';

await timed(
  () =>
    new Promise((resolve, reject) => {
      lcovParse(process.argv[2] ?? '', (error, files) => (files ? resolve(files.length) : reject(error)));
    }),
);
