import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { readFacts, writeFacts } from '../../collect/saved-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import { findingsOf, isAtLeast } from '../../core/report.ts';
import { type FactSource, judge } from '../../pipeline.ts';
import { annotations } from '../../render/annotations.ts';
import { json } from '../../render/json.ts';
import { markdown } from '../../render/markdown-report.ts';
import { rdjson } from '../../render/rdjson.ts';
import { sarif } from '../../render/sarif.ts';
import { text } from '../../render/text.ts';
import { rules } from '../../rules.ts';
import type { CommandResult } from '../cli.ts';
import { oneOf, readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

const options = {
  repo: { type: 'string', default: '.' },
  base: { type: 'string', default: '' },
  head: { type: 'string', default: 'HEAD' },
  coverage: { type: 'string', multiple: true, default: [] as string[] },
  'base-coverage': { type: 'string', multiple: true, default: [] as string[] },
  facts: { type: 'string', default: '' },
  'save-facts': { type: 'string', default: '' },
  'fail-on': { type: 'string', default: 'never' },
  format: { type: 'string', default: 'text' },
} as const;

/** Judges a branch of a local clone, or saved facts. */
export async function check(parameters: readonly string[]): Promise<CommandResult> {
  const { values, positionals } = readOptions(parameters, options, 'check');
  if (positionals.length > 0)
    throw new UsageError(`check takes no "${positionals[0]}". See \`review-vitals check --help\`.`);
  const failOn = oneOf(values['fail-on'], ['never', 'notice', 'warning', 'failure'], 'fail-on');
  const format = oneOf(values.format, ['text', 'json', 'markdown', 'sarif', 'github', 'rdjson'], 'format');
  const scratchFolder = mkdtempSync(join(tmpdir(), 'review-vitals-'));
  try {
    const { facts, report } = await judged(values, scratchFolder);
    if (values['save-facts']) await writeFacts(values['save-facts'], facts);
    if (isUnavailable(facts.change)) throw new UsageError(facts.change.unavailable);
    const renderers = {
      json,
      markdown,
      rdjson,
      github: annotations,
      sarif: () => sarif(report, rules),
      text: () => text(report, terminal()),
    };
    const isOver = failOn !== 'never' && findingsOf(report).some(({ level }) => isAtLeast(level, failOn));
    return { output: renderers[format](report), exitCode: isOver ? 1 : 0 };
  } finally {
    rmSync(scratchFolder, { recursive: true, force: true });
  }
}

/** Saved facts may come from anywhere: what breaks on them is said of the file, not of the program. */
async function judged(values: Values, scratchFolder: string): ReturnType<typeof judge> {
  const source = await sourceOf(values, scratchFolder);
  if (!('facts' in source)) return judge(source);
  try {
    const result = await judge(source);
    text(result.report, terminal());
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
      repository: { name: basename(checkout) },
      checkout,
      scratchFolder,
      coverage: values.coverage,
      ...(values['base-coverage'].length > 0 && { baseCoverage: values['base-coverage'] }),
      question: { kind: 'branch', base: values.base, head: values.head },
    },
  };
}

function terminal() {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  return {
    colour: !NO_COLOR && (Boolean(FORCE_COLOR) || process.stdout.isTTY === true),
    width: Math.min(process.stdout.columns ?? 110, 120),
  };
}
