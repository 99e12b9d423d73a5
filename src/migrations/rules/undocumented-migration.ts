import type { Confidence, FindingDraft } from '../../core/finding.ts';
import { findings, notApplicable, pass } from '../../core/outcome.ts';
import { defineRule } from '../../core/rule.ts';
import { assessRationale, type RationaleAssessment } from '../rationale/assess-rationale.ts';
import { exemptionFromRationale } from '../rationale/exemption.ts';
import {
  actionText,
  impactText,
  observationText,
  placeOfChange,
  seenText,
} from '../rationale/rationale-texts.ts';

export const undocumentedMigration = defineRule({
  id: 'migrations/undocumented-migration',
  since: '0.1.0',
  level: 'warning',
  question:
    'Is it written down why the schema changes, and how it is undone or what it does to those who use it?',
  docs: {
    triggered:
      'No sentence in the migration’s comments, the commit messages, the description or the decision records gives a reason of its own; or a risky change has a reason but neither a way back nor its impact; or a sentence is contradicted by the statements, or by code that still uses what it calls unused.',
    why: 'A schema outlives its pull request. Whoever meets the column, the lock or the failed deploy later has only what was written down; the SQL says what happens, never why.',
    fix: 'One sentence in any of the places read: a comment at the head of the file, `Schema-Why:` and `Schema-Rollback:` trailers, the description, or a decision record that names the table. `COMMENT ON` texts count too. Links and ticket numbers only point; templates, generated text and sentences that tell a statement in its own words do not count; comments beside a step back may tell the way back and are no reason.',
    quietWhen:
      'The texts are in a language other than English (said, never warned about); a machine account wrote the change; migrations are only renamed, squashed or their comments edited, or are a project’s first schema; a revert has a reason; a change that only adds, picks its rows by a constant, or is brought back whole by its down steps has any purpose written, a commit subject included. A down step without loss of data counts as the way back, and an index that is dropped or built concurrently needs none; statements that could not be analysed are asked for their reason only, and a change of functions alone for none. Commits of a branch that do not touch the migrations, and those that a squash lists, count where they name them.',
  },
  sources: [
    {
      title: 'GitLab: Database review guidelines',
      url: 'https://docs.gitlab.com/development/database_review/',
      supports:
        'A reviewer of a schema change needs its reason, its rollback procedure and its effect on production.',
    },
    {
      title: 'strong_migrations issue 257: require a reason',
      url: 'https://github.com/ankane/strong_migrations/issues/257',
      supports:
        'Users of migration linters ask for reasons; an allow-list line alone is copied from file to file.',
    },
  ],
  thresholds: {
    smallChange: {
      fallback: 1,
      unit: 'files',
      meaning:
        'Up to so many changed files beside the migrations, the whole description counts as being about them; above, only what names them.',
    },
  },
  needs: ['change', 'migrations'],
  identity: () => ['change'],
  evaluate({ change, migrations, pullRequest }, { smallChange }) {
    const exemption = exemptionFromRationale(change, migrations, pullRequest);
    if (exemption !== undefined) return notApplicable(exemption);

    const assessment = assessRationale(change, migrations, pullRequest, smallChange);
    if (assessment.contradictions.length === 0) {
      if (assessment.reading === 'real') return pass(seenText(assessment));
      if (assessment.reading === 'not-judged') {
        return pass('a reason may be written in a language that is not judged');
      }
    }
    return findings([draftOf(assessment)]);
  },
});

function draftOf(assessment: RationaleAssessment): FindingDraft {
  const needed = assessment.risk === 'low' ? 1 : 2;
  const at = placeOfChange(assessment);
  return {
    about: { change: 'migrations' },
    confidence: confidenceOf(assessment),
    ...(at && { place: { path: at.file.path, ...(at.line !== undefined && { line: at.line }) } }),
    observation: observationText(assessment),
    impact: impactText(assessment),
    action: actionText(assessment),
    measurements: [
      { name: 'questions answered', value: needed - assessment.open.length, unit: 'reasons', base: needed },
    ],
  };
}

/** Where the description could not be read, the reason may stand there. Empty places are plain to see; words are weighed. */
function confidenceOf({ unread, contradictions, reading }: RationaleAssessment): Confidence {
  if (contradictions.length > 0) return 'medium';
  if (unread.length > 0) return 'low';
  return reading === 'none' || reading === 'pointer' || reading === 'filler' ? 'high' : 'medium';
}
