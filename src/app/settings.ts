import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Credentials, readCredentials } from './credentials.ts';
import { isLogLevel, type LogLevel, logLevels } from './log.ts';

export interface AppSettings {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Holds the embedded database, the credentials the set-up page made, and the lock. One process at a time. */
  readonly dataFolder: string;
  /** PostgreSQL; absent: the embedded database in the data folder. */
  readonly databaseUrl?: string;
  /** Absent: the server only serves the set-up page. */
  readonly credentials?: Credentials;
  readonly gitHub: GitHubPlace;
  readonly logLevel: LogLevel;
  /** Pull requests judged side by side by this process. */
  readonly concurrency: number;
  /** Where jobs work and clones are kept; several processes of one user may share it. */
  readonly cacheFolder: string;
  /** All clones together; 0 keeps none. */
  readonly cacheMegabytes: number;
}

/** Where GitHub is. */
export interface GitHubPlace {
  /** "https://github.com": pages, clone addresses. */
  readonly webUrl: string;
  /** "https://api.github.com", or "https://HOST/api/v3" on GitHub Enterprise Server. */
  readonly apiUrl: string;
}

/** A setting that cannot be used: says which, what it is, and what it can be. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from environment variables, under the names Probot gave them where it has one, and the credentials
 * from the data folder when the environment has none. Throws `SettingsError`.
 */
export function readSettings(environment: Environment, workingFolder: string): AppSettings {
  const dataFolder = resolve(workingFolder, environment.REVIEW_VITALS_DATA || '.review-vitals');
  const databaseUrl = readDatabaseUrl(environment.DATABASE_URL);
  const credentials = credentialsOf(environment) ?? readCredentials(dataFolder);
  const logLevel = environment.LOG_LEVEL || 'info';
  if (!isLogLevel(logLevel)) {
    throw new SettingsError(`LOG_LEVEL is "${logLevel}"; it can be ${logLevels.join(', ')}.`);
  }
  return {
    host: environment.HOST || 'localhost',
    port: wholeNumber(environment, 'PORT', { fallback: 3000, least: 0, most: 65_535 }),
    dataFolder,
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(credentials && { credentials }),
    gitHub: gitHubPlace(environment),
    logLevel,
    concurrency: wholeNumber(environment, 'REVIEW_VITALS_CONCURRENCY', { fallback: 4, least: 1, most: 64 }),
    cacheFolder: resolve(workingFolder, environment.REVIEW_VITALS_CACHE || usualCacheFolder()),
    cacheMegabytes: wholeNumber(environment, 'REVIEW_VITALS_CACHE_MB', {
      fallback: 2048,
      least: 0,
      most: 1_048_576,
    }),
  };
}

/** Each user of a machine has an own one: another one's files are not to be trusted. */
function usualCacheFolder(): string {
  const user = process.getuid?.();
  return join(tmpdir(), `review-vitals-app${user === undefined ? '' : `-${user}`}`);
}

function credentialsOf(environment: Environment): Credentials | undefined {
  const appId = environment.APP_ID;
  const key = environment.PRIVATE_KEY;
  const keyFile = environment.PRIVATE_KEY_PATH;
  const webhookSecret = environment.WEBHOOK_SECRET;
  if (!appId && !key && !keyFile) return undefined;
  if (!appId || !/^\d{1,15}$/.test(appId)) {
    throw new SettingsError(`APP_ID is "${appId ?? ''}"; it is the number on the page of the App.`);
  }
  if (!webhookSecret) {
    throw new SettingsError(
      'WEBHOOK_SECRET is missing: without it anybody could send events. It is set on the page of the App.',
    );
  }
  if (!key && !keyFile) {
    throw new SettingsError(
      'PRIVATE_KEY and PRIVATE_KEY_PATH are missing; one of them has to hold the key of the App.',
    );
  }
  return { appId: Number(appId), privateKey: privateKeyOf(key, keyFile ?? ''), webhookSecret };
}

/** A key as text, with line breaks written `\n`, in base64, or in a file. */
function privateKeyOf(key: string | undefined, file: string): string {
  const name = key ? 'PRIVATE_KEY' : 'PRIVATE_KEY_PATH';
  try {
    const text = key ? key.replaceAll('\\n', '\n') : readFileSync(file, 'utf8');
    const pem = text.includes('-----BEGIN')
      ? text.trim()
      : Buffer.from(text, 'base64').toString('utf8').trim();
    createPrivateKey(pem);
    return pem;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read';
    throw new SettingsError(`${name} holds no private key (${reason}); it takes the .pem file GitHub gave.`);
  }
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (!/^postgres(?:ql)?:\/\//.test(text)) {
    throw new SettingsError(
      'DATABASE_URL does not start with postgres:// or postgresql://; other databases are not supported.',
    );
  }
  return text;
}

function gitHubPlace(environment: Environment): GitHubPlace {
  const host = environment.GHE_HOST;
  if (!host) return { webUrl: 'https://github.com', apiUrl: 'https://api.github.com' };
  const protocol = environment.GHE_PROTOCOL || 'https';
  const webUrl = `${protocol}://${host}`;
  if (!/^https?$/.test(protocol) || !URL.canParse(webUrl) || new URL(webUrl).host !== host.toLowerCase()) {
    throw new SettingsError(
      `GHE_HOST is "${host}"; it takes the host name of a GitHub Enterprise Server alone.`,
    );
  }
  return { webUrl, apiUrl: `${webUrl}/api/v3` };
}

interface Bounds {
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
}

function wholeNumber(environment: Environment, name: string, { fallback, least, most }: Bounds): number {
  const text = environment[name];
  if (!text) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new SettingsError(`${name} is "${text}"; it takes a whole number from ${least} to ${most}.`);
  }
  return value;
}
