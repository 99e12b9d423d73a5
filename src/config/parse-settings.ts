import {
  type Alias,
  type Document,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  type Scalar,
  visit,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import { cutText } from '../core/cut-text.ts';
import type { Rule } from '../core/rule.ts';
import type { RuleSettings, Settings } from '../core/settings.ts';
import { describeProblem, mostProblems, offsetOf, type Problem, valueAt } from './describe-problem.ts';
import { settingsSchema } from './schema.ts';

export interface ParsedSettings {
  readonly settings: Settings;
  readonly extends: readonly string[];
  /** "file:line: what is wrong, and what was meant". With any of them, only what is right is used. */
  readonly problems: readonly string[];
}

/** Larger than any settings file we know. */
const largestFile = 256 * 1024;
/** Opening brackets and braces; beyond it the YAML parser takes seconds for what can be no settings. */
const mostBrackets = 2_000;

/**
 * Reads a settings file. What is wrong is said with its line and the nearest known key, and left out; the rest is used: a
 * broken file never silences the tool. YAML is read as data: no tags, no merge of more than 100 aliases.
 */
export function parseSettings(text: string, file: string, rules: readonly Rule[]): ParsedSettings {
  try {
    return readSettings(text, file, rules);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const problem = `${file}: the file is nested too deeply; the default settings are used`;
    return { settings: {}, extends: [], problems: [problem] };
  }
}

function readSettings(text: string, file: string, rules: readonly Rule[]): ParsedSettings {
  if (text.length > largestFile) return broken(`${file}: the file is larger than 256 KiB`);
  if ((text.match(/[[{]/g)?.length ?? 0) > mostBrackets)
    return broken(`${file}: the file has over ${mostBrackets} brackets and braces`);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    customTags: [],
    // With "silent", further documents of the file would be passed over without an error.
    logLevel: 'error',
    // The parser compares each key with each other one, which takes a minute for 20,000 of them.
    uniqueKeys: false,
  });
  const lineOf = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line);
  const [error] = [...document.errors, ...document.warnings];
  if (error) return broken(`${file}:${lineOf(error.pos[0])}: ${syntaxProblem(error)}`);
  const doubled = doubledKey(document);
  if (doubled)
    return broken(
      `${file}:${lineOf(doubled.range?.[0])}: ${cutText(String(doubled.value), 60)} stands twice in one mapping`,
    );
  const nameless = aliasOfNothing(document);
  if (nameless)
    return broken(
      `${file}:${lineOf(nameless.range?.[0])}: nothing before this line is called &${cutText(nameless.source, 60)}`,
    );
  keepVersionsAsWritten(document);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch {
    return broken(`${file}: the file refers to itself too often`);
  }
  if (refersToItself(value)) return broken(`${file}: a part of the file holds itself`);
  if (value === null || value === undefined) return { settings: {}, extends: [], problems: [] };
  const schema = settingsSchema(rules);
  const problems = new Set<string>();
  /** What an earlier pass took out is missed by a later one, and was told. */
  const takenOut = new Set<string>();
  // Each pass takes out what is wrong; the depth of the schema bounds how often that can be.
  for (let pass = 0; pass < 50; pass += 1) {
    const result = schema.safeParse(value);
    if (result.success)
      return {
        settings: settingsOf(result.data),
        extends: [result.data.extends ?? []].flat(),
        problems: told(),
      };
    const { issues } = result.error;
    for (const issue of issues) {
      if (problems.size > mostProblems) break;
      if (takenOut.has(issue.path.join('\0'))) continue;
      const described = describeProblem(
        issue,
        value,
        (path) => `${file}:${lineOf(offsetOf(document.contents, path))}`,
        schema,
      );
      for (const problem of described) problems.add(problem);
    }
    for (const issue of issues) takenOut.add(issue.path.join('\0'));
    value = without(value, issues);
    if (typeof value !== 'object' || value === null) break;
  }
  return { settings: {}, extends: [], problems: told() };

  function told(): readonly string[] {
    const all = [...problems];
    return all.length > mostProblems ? [...all.slice(0, mostProblems), `${file}: it has more problems`] : all;
  }

  function broken(problem: string): ParsedSettings {
    return { settings: {}, extends: [], problems: [`${problem}; the default settings are used`] };
  }
}

/** What the parser says, in one line of our words where its own are about itself. */
function syntaxProblem({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins, and only one is read';
  if (/call stack/.test(message)) throw new RangeError(message);
  return (message.split('\n')[0] ?? '').replace(/ at line.*$/, '');
}

/** The first key of a mapping that an earlier one is equal to: which of the two is meant cannot be known. */
function doubledKey(document: Document) {
  let found: Scalar | undefined;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          found = key;
          return visit.BREAK;
        }
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

/** An alias of an anchor that does not stand before it. */
function aliasOfNothing(document: Document): Alias | undefined {
  let found: Alias | undefined;
  const anchors = new Set<string>();
  visit(document, {
    Value(_, { anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias(_, alias) {
      if (anchors.has(alias.source)) return undefined;
      found = alias;
      return visit.BREAK;
    },
  });
  return found;
}

/** YAML takes `10.10` for the number 10.1, which is the version of another server. */
function keepVersionsAsWritten({ contents }: Document): void {
  if (!isMap(contents)) return;
  for (const key of ['mysql', 'mariadb']) {
    const node: unknown = contents.get(key, true);
    if (isScalar(node) && typeof node.value === 'number') node.value = node.source ?? String(node.value);
  }
}

/** A part of the value is one of those it lies in: an alias inside of its own anchor. */
function refersToItself(value: unknown, above = new Set<unknown>(), done = new Set<unknown>()): boolean {
  if (typeof value !== 'object' || value === null || done.has(value)) return false;
  if (above.has(value)) return true;
  above.add(value);
  const found = Object.values(value).some((inner) => refersToItself(inner, above, done));
  above.delete(value);
  done.add(value);
  return found;
}

/**
 * The value without what the issues are about; a list loses the whole entry, since a waiver without a reason is none, and
 * where something required is missing, what requires it goes.
 */
function without(value: unknown, issues: readonly Problem[]): unknown {
  const paths = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [[...issue.path]],
  );
  const targets = new Map(
    paths.map((path) => {
      const inList = path.findIndex((step) => typeof step === 'number');
      const isMissing = path.length > 1 && valueAt(value, path) === undefined;
      const target = inList >= 0 ? path.slice(0, inList + 1) : isMissing ? path.slice(0, -1) : path;
      return [JSON.stringify(target), target] as const;
    }),
  );
  if (targets.has('[]')) return undefined;
  const copy = structuredClone(value);
  // The last entries of a list first, so that the places of the others hold.
  for (const target of [...targets.values()].toSorted((a, b) => Number(b.at(-1)) - Number(a.at(-1)) || 0)) {
    const last = target.at(-1);
    const parent = valueAt(copy, target.slice(0, -1));
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else if (typeof parent === 'object' && parent !== null && last !== undefined)
      delete (parent as Record<PropertyKey, unknown>)[last];
  }
  return copy;
}

function settingsOf(data: z.infer<ReturnType<typeof settingsSchema>>): Settings {
  const {
    comment,
    'fail-on': failOn,
    modules,
    instances,
    ignore,
    postgres,
    mysql,
    mariadb,
    bots,
    'approval-comments': approvalComments,
    sprint,
  } = data;
  const rules = Object.entries(data.rules ?? {}).flatMap(
    ([id, rule]): readonly (readonly [string, RuleSettings])[] => {
      if (rule === undefined) return [];
      if (typeof rule === 'string') return [[id, { level: rule }]];
      const { level, ...thresholds } = rule as { level?: RuleSettings['level'] } & Record<string, number>;
      return [[id, { ...(level !== undefined && { level }), thresholds }]];
    },
  );
  return {
    ...(comment !== undefined && { comment }),
    ...(failOn !== undefined && { failOn }),
    ...(rules.length > 0 && { rules: Object.fromEntries(rules) }),
    ...(data.waivers !== undefined && {
      waivers: data.waivers.map(({ path, ...waiver }) => ({
        ...waiver,
        ...(path !== undefined && { path }),
      })),
    }),
    ...(modules !== undefined && { modules }),
    ...(instances !== undefined && { instances }),
    ...(ignore !== undefined && { ignore }),
    ...(postgres !== undefined && { postgres }),
    ...(mysql !== undefined && { mysql: String(mysql) }),
    ...(mariadb !== undefined && { mariadb: String(mariadb) }),
    ...(bots !== undefined && { bots }),
    ...(approvalComments !== undefined && { approvalComments }),
    ...(sprint !== undefined && { sprint }),
    ...(data['deploy-windows'] !== undefined && { deployWindows: data['deploy-windows'] }),
  };
}
