import { redact } from '../collect/github/redact.ts';
import { createLog, type Log, reasonOf } from './log.ts';
import { type AppSettings, readSettings } from './settings.ts';
import { type AppParts, type RunningApp, startApp } from './start-app.ts';

export interface RunOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly workingFolder: string;
  readonly parts: Pick<AppParts, 'work' | 'timing'>;
}

/** Running jobs get this long before they are handed back; container runtimes kill after 30 seconds by habit. */
const graceSeconds = 20;

/**
 * Runs the server until SIGTERM or SIGINT and gives the exit code: 0 when it ended as asked, 1 when not cleanly, 2 when it
 * could not start. A second signal ends it at once, as does one while it starts; nothing is lost by that. Three lines on
 * standard output say what to do next, the log is on standard error.
 */
export async function runApp({ environment, workingFolder, parts }: RunOptions): Promise<0 | 1 | 2> {
  const ended = endSignal();
  let app: RunningApp;
  let log: Log;
  try {
    const settings = readSettings(environment, workingFolder);
    log = createLog(settings.logLevel, (line) => process.stderr.write(line));
    if (settings.databaseUrl) hidePassword(settings.databaseUrl, log);
    const started = await Promise.race([startApp({ ...parts, settings, log }), ended]);
    if (typeof started === 'string') return 0;
    app = started;
    process.stdout.write(`${nextSteps(settings, app).join('\n')}\n`);
  } catch (error) {
    process.stderr.write(`${redact(`Review Vitals could not start: ${reasonOf(error)}`)}\n`);
    return 2;
  }
  const signal = await ended;
  log.info('ending', { signal });
  try {
    await app.stop(graceSeconds);
    log.info('ended');
    return 0;
  } catch (error) {
    log.error('the end was not clean; what was under way is done again', { reason: reasonOf(error) });
    return 1;
  }
}

/** What a person who has just started it needs to know. */
function nextSteps(settings: AppSettings, app: RunningApp): readonly string[] {
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  const url = `http://${host === '0.0.0.0' ? 'localhost' : host}:${app.port}`;
  const stored =
    app.storage === 'PostgreSQL' ? 'in PostgreSQL' : `in ${settings.dataFolder}, for one process`;
  return app.isSetUp()
    ? [
        `Review Vitals listens on ${url} and keeps its queue ${stored}.`,
        `GitHub has to reach ${url.replace(/^http:\/\/[^:]+/, 'https://YOUR-HOST').replace(/:\d+$/, '')}/api/github/webhooks.`,
        `${url}/readyz says whether it can take deliveries; the log is on standard error.`,
      ]
    : [
        `Review Vitals listens on ${url} and keeps its queue ${stored}.`,
        `Next: open ${url}/probot, at the address GitHub can reach, and make the App there.`,
        'Then: choose the repositories it may see. It starts at once; nothing has to be restarted.',
      ];
}

function endSignal(): Promise<string> {
  return new Promise((resolve) => {
    let count = 0;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        count += 1;
        if (count > 1) process.exit(1);
        resolve(signal);
      });
    }
  });
}

function hidePassword(databaseUrl: string, log: Log): void {
  const password = URL.parse(databaseUrl)?.password;
  if (!password) return;
  log.hide(password);
  log.hide(decodeURIComponent(password));
}
