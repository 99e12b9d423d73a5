import { tmpdir } from 'node:os';
import { withoutCommands } from '../core/runner-commands.ts';
import { version } from '../core/version.ts';
import { fileTroubleInWords } from './command-line/file-trouble-in-words.ts';
import { help } from './command-line/help.ts';
import { UsageError } from './command-line/usage-error.ts';

/** Data to print, and the exit code that goes with it. */
export interface CommandResult {
  readonly output: string;
  readonly exitCode: 0 | 1 | 2;
}

/** Each command is a chunk of its own, so that `--help` does not wait for what it does not need. */
const commands: Readonly<
  Record<string, () => Promise<(parameters: readonly string[]) => Promise<CommandResult>>>
> = {
  check: async () => (await import('./command-line/check.ts')).check,
  coverage: async () => (await import('./command-line/coverage.ts')).coverage,
  migrations: async () => (await import('./command-line/migrations.ts')).migrations,
  init: async () => (await import('./command-line/init.ts')).init,
  doctor: async () => (await import('./command-line/doctor.ts')).doctor,
  history: async () => (await import('./command-line/history.ts')).history,
  review: async () => (await import('./command-line/review.ts')).review,
  court: async () => (await import('./command-line/court.ts')).court,
  app: async () => (await import('./command-line/app.ts')).app,
  rules: async () => (await import('./command-line/rules.ts')).listRules,
  explain: async () => (await import('./command-line/explain.ts')).explain,
};

const [name = '', ...parameters] = process.argv.slice(2);
void run().then(({ output, exitCode }) => {
  // A pipe that is closed early (`| head`) is no error of ours.
  process.stdout.on('error', () => {});
  process.stdout.write(output);
  process.exitCode = exitCode;
});

async function run(): Promise<CommandResult> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command || parameters.includes('--help') || parameters.includes('-h')) {
    if (name === '--version') return { output: `${version}\n`, exitCode: 0 };
    const text = help[command ? name : name === 'help' ? (parameters[0] ?? '') : ''] ?? help[''] ?? '';
    if (command || ['', '--help', '-h', 'help'].includes(name)) return { output: text, exitCode: 0 };
    process.stderr.write(`There is no command \`${printable(name)}\`.\n\n${text}`);
    return { output: '', exitCode: 2 };
  }
  try {
    return await (await command())(parameters);
  } catch (error) {
    const isScratch = error instanceof Error && 'syscall' in error && error.syscall === 'mkdtemp';
    const message = isScratch
      ? `No folder for temporary files could be made in ${tmpdir()}: TMPDIR names another one.`
      : error instanceof UsageError
        ? fileTroubleInWords(error.message)
        : `Review Vitals broke: ${detailsOf(error)}. This is a fault of Review Vitals; set REVIEW_VITALS_DEBUG=1 to see where.`;
    process.stderr.write(`${printable(message)}\n`);
    return { output: '', exitCode: 2 };
  }
}

function detailsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (process.env.REVIEW_VITALS_DEBUG ? error.stack : undefined) ?? error.message;
}

function printable(text: string): string {
  return withoutCommands(text.replace(/[^\P{Cc}\n]/gu, '?'));
}
