import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Facts } from '../../src/core/facts.ts';
import { pullRequest } from '../support/facts.ts';
import { createGitRepository } from '../support/git-repository.ts';
import { hostileTexts } from './pull-request-text.ts';
import { printedReport, runSafely } from './run-safely.ts';

/** Facts of a real run, into which each case puts its text. */
let facts: Facts;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'review-vitals-text-'));
  const repository = createGitRepository();
  repository.commit({ 'README.md': '# Shop\n' });
  repository.commit(
    { 'db/migrations/1.sql': 'ALTER TABLE orders DROP COLUMN status;\n' },
    { branch: 'change', parents: ['main'], message: 'Change it' },
  );
  const file = join(folder, 'saved.json');
  await runSafely([
    'check', '--repo', repository.folder, '--base', 'main', '--head', 'change', '--save-facts', file,
  ]); // biome-ignore format: one command
  facts = JSON.parse(readFileSync(file, 'utf8')) as Facts;
  repository.remove();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a description of', () => {
  it.each(hostileTexts)('$title is no reason, and is read in time', async ({ body }) => {
    const file = join(folder, 'facts.json');
    const text = { ...pullRequest({ body, title: body.slice(0, 250), headBranch: body.slice(0, 200) }) };
    writeFileSync(file, JSON.stringify({ ...facts, pullRequest: text }));
    const report = printedReport(
      await runSafely(['check', '--facts', file, '--format', 'json'], { within: 20 }),
    );
    const rule = report.rules.find((one) => one.rule === 'migrations/undocumented-migration');
    expect(rule?.outcome).toBe('findings');
  });
});
