import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as core from '@actions/core';
import { redact } from '../../collect/github/redact.ts';
import { readFacts, writeFacts } from '../../collect/saved-facts.ts';
import { findingsOf } from '../../core/report.ts';
import { type FactSource, judgeAndPublish } from '../../pipeline.ts';
import { json } from '../../render/json.ts';
import { prose } from '../../render/markdown.ts';
import { text } from '../../render/text.ts';
import type { ActionRun } from './action-run.ts';
import { annotate } from './annotate.ts';
import { leaveForJudge } from './collect-mode.ts';
import type { JudgedPullRequest } from './occasion.ts';

/** Judges a pull request, brings its conversation up to date, and leaves outputs, log and job summary. */
export async function judgePullRequest(pullRequest: JudgedPullRequest, run: ActionRun): Promise<void> {
  const { inputs, client, owner, name } = run;
  const { whyReadOnly } = run;
  const publisher = { client, owner, name, instance: inputs.id, ...(whyReadOnly && { whyReadOnly }) };
  const settings = { comment: inputs.comment, failOn: inputs.failOn, instance: inputs.id };
  const { facts, report, published } = await judgeAndPublish(
    await sourceOf(pullRequest, run),
    settings,
    publisher,
  );

  // Told first: whatever cannot be left behind after this, the gate has been decided.
  if (published.conclusion === 'failure') {
    core.setFailed('There are findings at or above the level that fail-on names; see the check run.');
  }
  const found = findingsOf(report);
  core.setOutput('findings', found.length);
  core.setOutput('warnings', found.filter(({ level }) => level === 'warning').length);
  core.setOutput('failures', found.filter(({ level }) => level === 'failure').length);
  core.setOutput('conclusion', published.conclusion);
  const reportFile = join(run.temporaryFolder, `review-vitals-report-${inputs.id}.json`);
  await leave('The report', async () => {
    await writeFile(reportFile, json(report));
    core.setOutput('report', reportFile);
  });
  const { saveFacts } = inputs;
  if (saveFacts) await leave('The facts', () => writeFacts(saveFacts, facts));
  core.info(redact(text(report, { colour: false, width: 110 })));
  for (const line of published.written) core.info(`Posted: ${line}`);
  if (published.problems.length > 0)
    core.notice(redact(published.problems.join('\n')), { title: 'Not posted' });
  // Where other jobs measure, the run that posts comes after this one: annotations would say it twice.
  annotate(whyReadOnly && !hasCheckout(run) ? [] : published.unposted);
  core.summary.addRaw(published.jobSummary, true);
  if (whyReadOnly && published.problems.includes(whyReadOnly) && hasCheckout(run)) {
    const sentence = await leaveForJudge(run);
    core.info(redact(sentence));
    core.summary.addRaw(`\n${prose(redact(sentence))}`, true);
  }
  await leave('The job summary', () => core.summary.write());
}

/** A full disk or a folder that is not there takes one thing that is left behind, and not the others. */
async function leave(what: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    core.warning(`${what} could not be written: ${redact(reason)}`);
  }
}

/** A job that judges what other jobs measured checks nothing out. */
function hasCheckout({ workspace }: ActionRun): boolean {
  return existsSync(join(workspace, '.git'));
}

async function sourceOf(pullRequest: JudgedPullRequest, run: ActionRun): Promise<FactSource> {
  const { inputs, client, owner, name, serverUrl } = run;
  if (inputs.facts) return { facts: await readFacts(inputs.facts) };
  return {
    collect: {
      now: run.now,
      repository: { name: `${owner}/${name}`, url: `${serverUrl}/${owner}/${name}` },
      checkout: run.workspace,
      remote: { url: `${serverUrl}/${owner}/${name}.git`, ...(inputs.token && { token: inputs.token }) },
      scratchFolder: run.scratchFolder,
      coverage: inputs.coverage,
      ...((run.tests || !hasCheckout(run)) && { tests: run.tests ? { run: run.tests } : {} }),
      question: { kind: 'pull-request', ...pullRequest, owner, name, client, instance: inputs.id },
    },
  };
}
