import { z } from 'zod';

const time = z.iso.datetime({ offset: true, error: 'expected an ISO 8601 time ("2026-03-02T09:00:00Z")' });

const recordedOutcomes = z.strictObject({
  schemaVersion: z.literal(1),
  /** Whatever happened up to here is in the list. */
  observedUntil: time,
  outcomes: z.array(
    z.strictObject({
      pullRequest: z.int().positive(),
      kind: z.enum(['reverted', 'fixed']),
      /** When the revert, or the fix, was merged. */
      at: time,
    }),
  ),
});

export type RecordedOutcomes = z.infer<typeof recordedOutcomes>;

/** What became of recorded pull requests, from a file's text. Throws an error that names the file, the place and what was expected. */
export function readRecordedOutcomes(text: string, file: string): RecordedOutcomes {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const result = recordedOutcomes.safeParse(value);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const place = (first?.path ?? [])
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  throw new Error(
    `${file} holds no recorded outcomes: ${place || 'the file'}: ${first?.message}. Its format is in docs/court.md.`,
  );
}
