import { redact } from '../collect/github/redact.ts';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** From now on this text is taken out of every line. */
  hide(secret: string): void;
}

export function isLogLevel(text: string): text is LogLevel {
  return (logLevels as readonly string[]).includes(text);
}

/** One JSON object a line: time, level, message, then the fields. Secrets are taken out of every text. */
export function createLog(level: LogLevel, write: (line: string) => void): Log {
  const secrets = new Set<string>();
  const floor = logLevels.indexOf(level);

  function line(of: LogLevel, message: string, fields: LogFields = {}): void {
    if (logLevels.indexOf(of) < floor) return;
    const hidden = [...secrets];
    const entry: Record<string, unknown> = {
      time: new Date().toISOString(),
      level: of,
      message: redact(message, hidden),
    };
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined) entry[name] = typeof value === 'string' ? redact(value, hidden) : value;
    }
    write(`${JSON.stringify(entry)}\n`);
  }

  return {
    debug: (message, fields) => line('debug', message, fields),
    info: (message, fields) => line('info', message, fields),
    warn: (message, fields) => line('warn', message, fields),
    error: (message, fields) => line('error', message, fields),
    hide: (secret) => {
      if (secret.length >= 4) secrets.add(secret);
    },
  };
}

/** The queue hands over copies of errors, which are none any more. */
function messageOf(thing: unknown): string | undefined {
  const message = (thing as { readonly message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' && message !== '' ? message : undefined;
}

/** The sentence of an error, whatever was thrown; an error without one (a refused connection) gives its code. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return messageOf(error) ?? String(error);
  if (error.message) return error.message;
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return 'code' in error ? String(error.code) : error.name;
}
