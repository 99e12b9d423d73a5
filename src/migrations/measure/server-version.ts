import type { FindingDraft } from '../../core/finding.ts';
import type { MigrationFacts } from '../../core/migration-facts.ts';
import type { Verdict } from '../../core/outcome.ts';
import type { SettingsInForce } from '../../core/settings.ts';
import { type NewStatement, statementVerdict } from './new-steps.ts';

/** The oldest major that is measured: what is safe there is safe on the later ones. */
const oldest = 12;

/** The major version of the server that migrations run on, as configured; without that the strictest supported one. */
function serverVersion({ settings }: SettingsInForce): number {
  return Math.max(oldest, Math.trunc(settings.postgres ?? oldest));
}

/** The verdict of a rule over statements whose advice depends on the server's version. */
export function verdictOnServer(
  draftOf: (statement: NewStatement, version: number) => FindingDraft | undefined,
  quiet: string,
): (facts: { readonly migrations: MigrationFacts; readonly settings: SettingsInForce }) => Verdict {
  return ({ migrations, settings }) => {
    const version = serverVersion(settings);
    return statementVerdict(migrations, (statement) => draftOf(statement, version), quiet);
  };
}
