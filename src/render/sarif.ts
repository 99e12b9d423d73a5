import type { Finding, Level } from '../core/finding.ts';
import { projectUrl } from '../core/project.ts';
import { findingsOf, type Report, waivedOf } from '../core/report.ts';
import type { Rule } from '../core/rule.ts';
import { version } from '../core/version.ts';
import { jsonText } from './json-text.ts';
import { rulePage } from './rule-page.ts';

const levels: Readonly<Record<Level, 'note' | 'warning' | 'error'>> = {
  notice: 'note',
  warning: 'warning',
  failure: 'error',
};

/**
 * SARIF 2.1.0 for code scanning. Results keep their identity over pushes by our own fingerprint; a waived finding is a
 * suppressed result. GitHub keeps 5,000 results of a run, far more than a pull request has.
 * Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
 */
export function sarif(report: Report, rules: readonly Rule[]): string {
  const described = rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const results = [...findingsOf(report), ...waivedOf(report)].map((finding) => resultOf(finding, described));
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Review Vitals',
            semanticVersion: version,
            informationUri: projectUrl,
            rules: described.map(({ id, question, docs, level }) => ({
              id,
              shortDescription: { text: question },
              fullDescription: { text: docs.triggered },
              help: { text: `${docs.why} ${docs.fix}` },
              helpUri: rulePage(id),
              defaultConfiguration: { level: levels[level] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results,
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [
              ...report.results.flatMap(({ rule, outcome }) =>
                outcome.kind === 'not-available'
                  ? [
                      {
                        level: 'note',
                        message: { text: `Not checked: ${outcome.reason}` },
                        associatedRule: { id: rule },
                      },
                    ]
                  : [],
              ),
              ...report.remarks.map((remark) => ({
                level: 'note',
                message: { text: `Note: ${remark}` },
              })),
            ],
          },
        ],
      },
    ],
  });
}

function resultOf(finding: Finding, rules: readonly Rule[]) {
  const { rule, level, place, observation, impact, action, fingerprint, waiver } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: levels[level],
    message: { text: `${observation} ${impact} ${action}` },
    ...(place && {
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: place.path.split('/').map(encodeURIComponent).join('/') },
            ...(place.line !== undefined &&
              place.side !== 'base' && {
                region: {
                  startLine: place.line,
                  ...(place.endLine !== undefined && { endLine: place.endLine }),
                },
              }),
          },
        },
      ],
    }),
    partialFingerprints: { 'reviewVitals/v1': fingerprint },
    ...(waiver && { suppressions: [{ kind: 'external', justification: waiver.reason }] }),
  };
}
