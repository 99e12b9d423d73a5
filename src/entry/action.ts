import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import { context } from '@actions/github';
import { createClient } from '../collect/github/create-client.ts';
import { redact } from '../collect/github/redact.ts';
import { readFacts, writeFacts } from '../collect/saved-facts.ts';
import { findingsOf } from '../core/report.ts';
import { type FactSource, judgeAndPublish } from '../pipeline.ts';
import { json } from '../render/json.ts';
import { text } from '../render/text.ts';
import { annotate } from './action/annotate.ts';
import { readInputs } from './action/inputs.ts';
import { occasionOf } from './action/occasion.ts';

/** A fault of ours is a warning on the run, never a failed job and never silence. */
try {
  await run();
} catch (error) {
  core.warning(
    `Review Vitals could not run: ${redact(error instanceof Error ? error.message : String(error))}`,
  );
  core.debug(redact(error instanceof Error ? (error.stack ?? '') : ''));
}

async function run(): Promise<void> {
  const inputs = readInputs(core.getInput);
  if (inputs.token) {
    core.setSecret(inputs.token);
    core.setSecret(Buffer.from(`x-access-token:${inputs.token}`).toString('base64'));
  }
  const occasion = occasionOf(context.eventName, context.payload, context.sha);
  if (occasion.kind === 'nothing-to-do') {
    core.notice(occasion.reason);
    return;
  }
  const { owner, repo } = context.repo;
  const client = createClient({
    token: inputs.token,
    apiUrl: context.apiUrl,
    graphqlUrl: context.graphqlUrl,
  });
  const scratchFolder = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'review-vitals-'));
  try {
    const source: FactSource = inputs.facts
      ? { facts: await readFacts(inputs.facts) }
      : {
          collect: {
            now: new Date().toISOString(),
            repository: { name: `${owner}/${repo}`, url: `${context.serverUrl}/${owner}/${repo}` },
            checkout: process.env.GITHUB_WORKSPACE ?? process.cwd(),
            remote: {
              url: `${context.serverUrl}/${owner}/${repo}.git`,
              ...(inputs.token && { token: inputs.token }),
            },
            scratchFolder,
            coverage: inputs.coverage,
            question: {
              kind: 'pull-request',
              ...occasion.pullRequest,
              owner,
              name: repo,
              client,
              instance: inputs.id,
            },
          },
        };
    const settings = { comment: inputs.comment, failOn: inputs.failOn, instance: inputs.id };
    const { facts, report, published } = await judgeAndPublish(source, settings, {
      client,
      owner,
      name: repo,
      instance: inputs.id,
    });

    if (inputs.saveFacts) await writeFacts(inputs.saveFacts, facts);
    const found = findingsOf(report);
    const reportFile = join(process.env.RUNNER_TEMP ?? tmpdir(), `review-vitals-report-${inputs.id}.json`);
    writeFileSync(reportFile, json(report));
    core.setOutput('findings', found.length);
    core.setOutput('warnings', found.filter(({ level }) => level === 'warning').length);
    core.setOutput('failures', found.filter(({ level }) => level === 'failure').length);
    core.setOutput('conclusion', published.conclusion);
    core.setOutput('report', reportFile);
    core.info(redact(text(report, { colour: false, width: 110 })));
    for (const line of published.written) core.info(`Posted: ${line}`);
    if (published.problems.length > 0)
      core.notice(redact(published.problems.join('\n')), { title: 'Not posted' });
    annotate(published.unposted);
    await core.summary.addRaw(published.jobSummary, true).write();
    if (published.conclusion === 'failure') {
      core.setFailed('There are findings at or above the level that fail-on names; see the check run.');
    }
  } finally {
    rmSync(scratchFolder, { recursive: true, force: true });
  }
}
