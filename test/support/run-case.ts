import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectFacts } from '../../src/collect/collect-facts.ts';
import { mergeSettings } from '../../src/config/merge-settings.ts';
import { evaluate } from '../../src/core/evaluate.ts';
import type { Facts } from '../../src/core/facts.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { rules } from '../../src/rules.ts';
import { pullRequest } from './facts.ts';
import { createGitRepository } from './git-repository.ts';

/**
 * Runs one rule on a case folder, the whole way from git: `base/` and `head/` are the trees of two commits, `message.txt`
 * is the head commit's message, `lcov.info` and `base-lcov.info` are the coverage reports of the head and of the base,
 * and `facts.json` gives parts that a local run cannot have (`pullRequest`, `review`, a `trend` of `coverage`).
 */
export async function runCase(folder: string, id: string): Promise<string> {
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) throw new Error(`There is no rule ${id}; a case lies in test/cases/<subject>/<rule>/<case>/.`);
  const [outcome] = evaluate(await factsOf(folder), [rule]).map((result) => result.outcome);
  return outcome ? described(outcome) : '';
}

async function factsOf(folder: string): Promise<Facts> {
  const repository = createGitRepository();
  const scratchFolder = mkdtempSync(join(tmpdir(), 'review-vitals-case-'));
  try {
    repository.commit(treeOf(join(folder, 'base')));
    repository.branch('change', 'main');
    const gone = Object.fromEntries(Object.keys(treeOf(join(folder, 'base'))).map((path) => [path, null]));
    repository.commit(
      { ...gone, ...treeOf(join(folder, 'head')) },
      { branch: 'change', message: textOf(folder, 'message.txt') ?? 'Change it' },
    );
    repository.checkout('change');
    const report = textOf(folder, 'lcov.info');
    if (report !== undefined) writeFileSync(join(repository.folder, 'lcov.info'), report);
    const baseReport = textOf(folder, 'base-lcov.info');
    if (baseReport !== undefined) writeFileSync(join(repository.folder, 'base-lcov.info'), baseReport);
    const facts = await collectFacts(
      {
        now: '2026-11-22T12:00:00Z',
        repository: { name: 'acme/shop' },
        checkout: repository.folder,
        scratchFolder,
        coverage: baseReport === undefined ? [] : ['lcov.info'],
        baseCoverage: baseReport === undefined ? [] : ['base-lcov.info'],
        question: { kind: 'branch', base: 'main', head: 'change' },
      },
      { parse: () => ({ settings: {}, extends: [], problems: [] }), merge: mergeSettings },
    );
    const given = JSON.parse(textOf(folder, 'facts.json') ?? '{}');
    return {
      ...facts,
      ...given,
      ...(given.coverage && { coverage: { ...facts.coverage, ...given.coverage } }),
      ...(given.pullRequest && { pullRequest: pullRequest(given.pullRequest) }),
    };
  } finally {
    repository.remove();
    rmSync(scratchFolder, { recursive: true, force: true });
  }
}

function treeOf(folder: string): Record<string, string> {
  if (!existsSync(folder)) return { '.keep': '' };
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries([
    ['.keep', ''],
    ...paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  ]);
}

function textOf(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** What `expected.md` holds: each finding with its three parts, or why there is none. */
function described(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'findings':
      return outcome.findings
        .map(
          ({ level, place, observation, impact, action, suggestion }) =>
            `## ${level}${place ? ` · \`${place.path}${place.line === undefined ? '' : `:${place.line}`}\`` : ''}\n\n` +
            `${observation}\n\n${impact}\n\n${action}\n${suggestion === undefined ? '' : `\n\`\`\`suggestion\n${suggestion}\n\`\`\`\n`}`,
        )
        .join('\n');
    case 'pass':
      return `Passes: ${outcome.seen}\n`;
    case 'not-applicable':
      return `Not applicable: ${outcome.reason}\n`;
    case 'not-available':
      return `Not available: ${outcome.reason}\n`;
  }
}
