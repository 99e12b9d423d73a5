import type { Form } from './forms.ts';
import type { Probe } from './probe.ts';

/** What majors `from` to `to` answered alike. */
export interface Answer {
  readonly from: number;
  readonly to: number;
  readonly error?: string;
  readonly lock?: string;
  /** Further relations that were locked. */
  readonly also?: Readonly<Record<string, string>>;
  readonly rewrite?: boolean;
  readonly scans?: readonly string[];
  readonly outsideOnly?: true;
}

export interface MeasuredForm {
  readonly id: string;
  readonly setup: string;
  readonly sql: string;
  readonly table: string;
  readonly answers: readonly Answer[];
}

/** Every form with its answers, neighbouring majors that answer alike taken together. */
export function measuredForms(forms: readonly Form[], probes: readonly Probe[]): readonly MeasuredForm[] {
  return forms.map(({ id, setup = '', sql, table = 't' }) => {
    const answers: Answer[] = [];
    for (const probe of probes.filter((one) => one.id === id).toSorted((a, b) => a.major - b.major)) {
      const answer = answerOf(probe, table);
      const last = answers.at(-1);
      const isAlike = last && last.to === probe.major - 1 && sameAnswer(last, answer);
      if (isAlike) answers[answers.length - 1] = { ...last, to: probe.major };
      else answers.push({ from: probe.major, to: probe.major, ...answer });
    }
    return { id, setup, sql, table, answers };
  });
}

function answerOf(
  { error, locks, rewrites, scans, outsideOnly }: Probe,
  table: string,
): Omit<Answer, 'from' | 'to'> {
  if (error !== undefined) return { error };
  // Seen from another session, how much of the rest shows is a matter of luck.
  const also = Object.entries(outsideOnly ? {} : locks)
    .filter(([relation]) => relation !== table)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([relation, mode]) => [relation, inWords(mode)] as const);
  return {
    lock: inWords(locks[table] ?? ''),
    ...(also.length === 0 ? {} : { also: Object.fromEntries(also) }),
    rewrite: rewrites.includes(table),
    scans,
    ...(outsideOnly ? { outsideOnly } : {}),
  };
}

function sameAnswer({ from: _from, to: _to, ...a }: Answer, b: Omit<Answer, 'from' | 'to'>): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** `ShareUpdateExclusiveLock` as the manual writes it. */
function inWords(mode: string): string {
  if (mode === '') return 'none';
  return mode
    .replace(/Lock$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toUpperCase();
}

/** Forms whose answer is documented and not measured as it stands, and why. */
export const documented: Readonly<Record<string, { readonly scan: boolean; readonly why: string }>> = {
  add_column_notnull_no_default: {
    scan: true,
    why: 'fails on a table that has rows; the manual has its lock and scan',
  },
};

/**
 * The module that the rules read. Throws where majors disagree about lock, rewrite or scan of a form: one row would then
 * be wrong for some of them.
 */
export function rulesModule(
  measured: readonly MeasuredForm[],
  versions: readonly string[],
  date: string,
): string {
  const rows = measured.flatMap((form) => {
    const known = form.answers.filter(({ error }) => error === undefined);
    const [first] = known;
    const override = documented[form.id];
    if (override) {
      return [
        `  ${form.id}: { lock: 'ACCESS EXCLUSIVE', rewrite: false, scan: ${override.scan}, from: 12 },`,
      ];
    }
    if (!first) return [];
    const row = ({ lock, rewrite, scans }: Answer) =>
      `lock: '${lock}', rewrite: ${rewrite}, scan: ${scans?.includes(form.table)}`;
    const odd = known.find((answer) => row(answer) !== row(first) && !isHarmless(answer, first));
    if (odd) {
      throw new Error(
        `${form.id} is not the same on all majors: ${row(first)} from ${first.from}, ${row(odd)} from ${odd.from}. ` +
          'Give the two their own forms.',
      );
    }
    return [`  ${form.id}: { ${row(first)}, from: ${first.from} },`];
  });
  return `import type { LockMode } from '../../core/migration-facts.ts';

export interface MeasuredForm {
  /** On the table that the statement names first. */
  readonly lock: LockMode | 'none';
  readonly rewrite: boolean;
  readonly scan: boolean;
  /** First major version that knows the form, ${Math.min(...measured.flatMap(({ answers }) => answers.map(({ from }) => from)))} at the earliest. */
  readonly from: number;
}

/** How the rows below are known. */
export const provenance = {
  kind: 'measured',
  server: 'PostgreSQL',
  versions: [${versions.map((version) => `'${version}'`).join(', ')}],
  date: '${date}',
} as const;

/**
 * What each form of statement does to its table, read from \`pg_locks\`, \`relfilenode\` and \`pg_stat_xact_user_tables\` in
 * the transaction that ran it, or by watching it queue where it runs outside one. Written by \`npm run measure-locks\`; the
 * forms with their set-up and the answer of every major are in test/migrations/locks/postgres-measured.json. Lock, rewrite
 * and scan of a form are the same on every major that knows it, so one row serves all. Not measured but documented:
${Object.entries(documented)
  .map(([id, { why }]) => ` * \`${id}\` (${why}).`)
  .join('\n')}
 */
// biome-ignore format: one form a line reads as the table it is
export const measuredForms = {
${rows.join('\n')}
} as const satisfies Readonly<Record<string, MeasuredForm>>;

export type FormName = keyof typeof measuredForms;
`;
}

/** GRANT takes a share lock that nobody waits for, on some majors. */
function isHarmless(a: Answer, b: Answer): boolean {
  const isWeak = (lock: string | undefined) => lock === 'none' || lock === 'ACCESS SHARE';
  return isWeak(a.lock) && isWeak(b.lock) && a.rewrite === b.rewrite;
}
