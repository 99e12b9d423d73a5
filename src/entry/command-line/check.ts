import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { CollectRequest } from '../../collect/collect-facts.ts';
import { readFacts, writeFacts } from '../../collect/saved-facts.ts';
import type { Facts } from '../../core/facts.ts';
import { isUnavailable } from '../../core/part.ts';
import { findingsOf, isAtLeast, type Report } from '../../core/report.ts';
import { type FactSource, judge } from '../../pipeline.ts';
import type { CommandResult } from '../cli.ts';
import { oneOf, readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

const options = {
  repo: { type: 'string', default: '.' },
  base: { type: 'string', default: '' },
  head: { type: 'string', default: 'HEAD' },
  coverage: { type: 'string', multiple: true, default: [] as string[] },
  'base-coverage': { type: 'string', multiple: true, default: [] as string[] },
  pull: { type: 'string', default: '' },
  facts: { type: 'string', default: '' },
  'save-facts': { type: 'string', default: '' },
  'fail-on': { type: 'string', default: 'never' },
  format: { type: 'string', default: 'text' },
} as const;

/** Loaded when asked for. */
const renderers = {
  json: async (report: Report) => (await import('../../render/json.ts')).json(report),
  markdown: async (report: Report) => (await import('../../render/markdown-report.ts')).markdown(report),
  rdjson: async (report: Report) => {
    // The format has no place for what was not looked at.
    process.stderr.write((await import('../../render/text.ts')).accountText(report));
    return (await import('../../render/rdjson.ts')).rdjson(report);
  },
  github: async (report: Report) => (await import('../../render/annotations.ts')).annotations(report),
  sarif: async (report: Report) =>
    (await import('../../render/sarif.ts')).sarif(report, (await import('../../rules.ts')).rules),
  text: async (report: Report) => (await import('../../render/text.ts')).text(report, terminal()),
};

/** Judges a branch of a local clone, or saved facts. */
export async function check(parameters: readonly string[]): Promise<CommandResult> {
  const { values } = readOptions(parameters, options, 'check', 0);
  const failOn = oneOf(values['fail-on'], ['never', 'notice', 'warning', 'failure'], 'fail-on');
  const format = oneOf(values.format, ['text', 'json', 'markdown', 'sarif', 'github', 'rdjson'], 'format');
  const scratchFolder = mkdtempSync(join(tmpdir(), 'review-vitals-'));
  try {
    const { facts, report } = await judged(values, scratchFolder);
    if (values['save-facts']) await saveFacts(values['save-facts'], facts);
    if (isUnavailable(facts.change)) throw new UsageError(facts.change.unavailable);
    // Who stands on the base, or has committed nothing yet, would read "No findings" as an answer.
    if (facts.change.files.length === 0)
      process.stderr.write(
        'No file differs between the base and what is committed at the head: there was nothing to judge.\n',
      );
    const isOver = failOn !== 'never' && findingsOf(report).some(({ level }) => isAtLeast(level, failOn));
    return { output: await renderers[format](report), exitCode: isOver ? 1 : 0 };
  } finally {
    rmSync(scratchFolder, { recursive: true, force: true });
  }
}

async function saveFacts(file: string, facts: Facts): Promise<void> {
  try {
    await writeFacts(file, facts);
  } catch (error) {
    throw new UsageError(
      `The facts were not saved: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Saved facts may come from anywhere: what breaks on them is said of the file, not of the program. */
async function judged(values: Values, scratchFolder: string): ReturnType<typeof judge> {
  const source = await sourceOf(values, scratchFolder);
  if (!('facts' in source)) return judge(source);
  try {
    const result = await judge(source);
    await renderers.text(result.report);
    return result;
  } catch (error) {
    throw new UsageError(
      `${values.facts} holds facts that cannot be judged: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

interface Values {
  readonly repo: string;
  readonly base: string;
  readonly head: string;
  readonly coverage: readonly string[];
  readonly 'base-coverage': readonly string[];
  readonly pull: string;
  readonly facts: string;
}

async function sourceOf(values: Values, scratchFolder: string): Promise<FactSource> {
  if (values.facts) {
    try {
      return { facts: await readFacts(values.facts) };
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  }
  const checkout = resolve(values.repo);
  return {
    collect: {
      now: new Date().toISOString(),
      checkout,
      scratchFolder,
      coverage: values.coverage,
      ...(values['base-coverage'].length > 0 && { baseCoverage: values['base-coverage'] }),
      ...(await questionOf(values, checkout, scratchFolder)),
    },
  };
}

/** A pull request on GitHub by its number, a branch with the recording of one, or a branch alone. */
async function questionOf(
  { pull, base, head }: Values,
  checkout: string,
  scratchFolder: string,
): Promise<Pick<CollectRequest, 'question' | 'remote' | 'repository'>> {
  const branch = {
    repository: { name: basename(checkout) },
    question: { kind: 'branch', base, head },
  } as const;
  if (pull === '') return branch;
  const { questionOnGitHub, recordedReading } = await import('./pull-question.ts');
  if (!/^[1-9]\d{0,9}$/.test(pull))
    return { ...branch, question: { ...branch.question, reading: await recordedReading(pull) } };
  if (base !== '' || head !== options.head.default)
    throw new UsageError(`--pull ${pull} names its own base and head; leave --base and --head out.`);
  return questionOnGitHub(Number(pull), checkout, scratchFolder);
}

function terminal() {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  return {
    colour: !NO_COLOR && (Boolean(FORCE_COLOR) || process.stdout.isTTY === true),
    width: Math.min(process.stdout.columns ?? 110, 120),
  };
}
