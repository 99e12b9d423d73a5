import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** What the App proves itself with. */
export interface Credentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

const fileName = 'app.json';

/**
 * The credentials the set-up page saved; undefined when there are none. Throws one sentence, without anything of the
 * file, when it is there and cannot be used: to be set up anew would leave an App behind that nobody answers for.
 */
export function readCredentials(dataFolder: string): Credentials | undefined {
  const file = join(dataFolder, fileName);
  const text = textOf(file);
  if (text === undefined) return undefined;
  const saved = parsed(text);
  if (isCredentials(saved)) return saved;
  throw new Error(
    `${file} holds no credentials of an App. Put the saved file back, or remove it to make a new App on the set-up page.`,
  );
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    throw new Error(`${file}, which holds the credentials of the App, cannot be read (${code}).`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why nothing could be saved in the folder, as one sentence; undefined when it can. */
export function savingObstacle(dataFolder: string): string | undefined {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    accessSync(dataFolder, constants.W_OK);
    return undefined;
  } catch (error) {
    return `The credentials cannot be kept: ${dataFolder} cannot be written (${codeOf(error)}). Name another folder with REVIEW_VITALS_DATA.`;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

/** Saves them readable by this user alone; a crash leaves the old file or the new one. */
export function saveCredentials(dataFolder: string, credentials: Credentials): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = join(dataFolder, fileName);
  writeFileSync(`${file}.new`, `${JSON.stringify(credentials, undefined, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}

export function isCredentials(value: unknown): value is Credentials {
  if (typeof value !== 'object' || value === null) return false;
  const { appId, privateKey, webhookSecret } = value as Record<string, unknown>;
  return (
    typeof appId === 'number' &&
    typeof privateKey === 'string' &&
    privateKey.includes('-----BEGIN') &&
    typeof webhookSecret === 'string' &&
    webhookSecret !== ''
  );
}
