import { readFileSync } from 'node:fs';
import type { RecordedOutcomes } from '../../src/collect/court/recorded-outcomes.ts';

/** gui-outcomes.json: by number of the pull request, with seconds since 1970. */
interface OutcomesFile {
  readonly prs: Readonly<Record<string, { readonly t: number }>>;
  readonly induced: Readonly<Record<string, readonly { readonly t: number }[]>>;
  readonly reverted: Readonly<Record<string, readonly { readonly t: number }[]>>;
}

/** Observed until the newest merge that it knows. */
export function convertOutcomes(file: string): RecordedOutcomes {
  const { prs, induced, reverted } = JSON.parse(readFileSync(file, 'utf8')) as OutcomesFile;
  const of = (kind: 'fixed' | 'reverted', events: OutcomesFile['induced']) =>
    Object.entries(events).flatMap(([number, list]) =>
      list.map(({ t }) => ({ pullRequest: Number(number), kind, at: time(t) })),
    );
  return {
    schemaVersion: 1,
    observedUntil: time(Math.max(...Object.values(prs).map(({ t }) => t))),
    outcomes: [...of('reverted', reverted), ...of('fixed', induced)],
  };
}

function time(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
