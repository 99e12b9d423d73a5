import { usualWork } from '../app/jobs/start-work.ts';
import { runApp } from '../app/run-app.ts';

void runApp({
  environment: process.env,
  workingFolder: process.cwd(),
  parts: { work: usualWork },
  // A job that was handed back may still hold a connection; its work is safe in the queue.
}).then((exitCode) => process.exit(exitCode));
