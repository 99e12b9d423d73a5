import { readFile, writeFile } from 'node:fs/promises';
import type { Facts } from '../core/facts.ts';

/** Facts that an earlier run saved. Throws a sentence that names the file when it is not such a file. */
export async function readFacts(path: string): Promise<Facts> {
  let facts: unknown;
  try {
    facts = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Error(
      `${path} holds no saved facts: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (!isRecord(facts)) throw new Error(`${path} holds no saved facts: a JSON object is expected.`);
  if (facts.schemaVersion !== 1) {
    throw new Error(
      `${path} was saved with schemaVersion ${String(facts.schemaVersion)}; this version reads 1.`,
    );
  }
  const missing = [
    'now',
    'repository',
    'asked',
    'settings',
    'pullRequest',
    'change',
    'coverage',
    'review',
    'migrations',
    'earlierResults',
    'replies',
    'remarks',
  ].filter((part) => !(part in facts));
  if (missing.length > 0) throw new Error(`${path} holds no complete facts: ${missing.join(', ')} missing.`);
  return facts as unknown as Facts;
}

/** Writes facts so that reading them back gives the same report, byte for byte. */
export async function writeFacts(path: string, facts: Facts): Promise<void> {
  await writeFile(path, `${JSON.stringify(facts, undefined, 1)}\n`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
