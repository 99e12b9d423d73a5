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

/** The credentials the set-up page saved; undefined when there are none or the file is not ours. */
export function readCredentials(dataFolder: string): Credentials | undefined {
  try {
    const saved: unknown = JSON.parse(readFileSync(join(dataFolder, fileName), 'utf8'));
    return isCredentials(saved) ? saved : undefined;
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
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return `The credentials cannot be kept: ${dataFolder} cannot be written (${code}). Name another folder with REVIEW_VITALS_DATA.`;
  }
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
