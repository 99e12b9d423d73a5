import { isMap, isScalar, type Node } from 'yaml';
import type { z } from 'zod';
import { cutText } from '../core/cut-text.ts';
import { nearestKey } from './nearest-key.ts';
import type { settingsSchema } from './schema.ts';

/** More problems of one file are counted, not told one by one. */
export const mostProblems = 20;

/** What the schema says against a value. */
export type Problem = z.core.$ZodIssue;
export type Path = readonly PropertyKey[];

/** The problem in words with its place, one sentence for each key that is none. */
export function describeProblem(
  issue: Problem,
  value: unknown,
  place: (path: Path) => string,
  schema: ReturnType<typeof settingsSchema>,
): readonly string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, mostProblems + 1).map((key) => {
      const known = keysAt(schema, issue.path);
      return `${place([...issue.path, key])}: ${[...issue.path, key].join('.')} is no setting${meant(key, known)}`;
    });
  }
  if (issue.code === 'invalid_key') {
    const why = issue.issues[0]?.message ?? issue.message;
    return [`${place(issue.path)}: ${issue.path.join('.')} is no name here; ${why}`];
  }
  if (issue.code === 'invalid_union') {
    // The branch for a mapping says more than "one of off, notice, …" when a mapping was written.
    const branch = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
    const inner = branch.find(({ path }) => path.length > 0) ?? branch[0];
    if (inner)
      return describeProblem(
        { ...inner, path: [...issue.path, ...inner.path] } as Problem,
        value,
        place,
        schema,
      );
  }
  const found = valueAt(value, issue.path);
  const shown = found === undefined ? 'is missing' : `is ${shownValue(found)}`;
  const expected = expectation(issue, String(found));
  return [`${place(issue.path)}: ${issue.path.join('.') || 'the file'} ${shown}; ${expected}`];
}

/** JSON has no word for infinity, and none for what is no number. */
function shownValue(value: unknown): string {
  return typeof value === 'number' ? String(value) : cutText(JSON.stringify(value) ?? String(value), 60);
}

/** More than this many words are not all listed. */
const mostListed = 8;

/** The end of a sentence about a key that is none: the one that was meant, else those that there are when they are few. */
function meant(key: string, known: readonly string[]): string {
  const near = nearestKey(key, known) ?? known.find((candidate) => candidate.endsWith(`/${key}`));
  if (near !== undefined) return `; ${near} is`;
  return known.length > 0 && known.length <= mostListed ? `; here it can be ${known.join(', ')}` : '';
}

function depth(issues: readonly Problem[]): number {
  return Math.max(0, ...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)));
}

function expectation(issue: Problem, found: string): string {
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String);
      const near = values.length > mostListed ? nearestKey(found, values) : undefined;
      if (near !== undefined) return `${near} is one`;
      const more = values.length - mostListed;
      return more > 0
        ? `it can be ${values.slice(0, mostListed).join(', ')} and ${more} more`
        : `it can be ${values.join(', ')}`;
    }
    case 'too_small':
      return issue.message.startsWith('a ') ? issue.message : `at least ${issue.minimum} is expected`;
    case 'too_big':
      return `at most ${issue.maximum} is expected${issue.maximum === 1 ? ' (a ratio, 0.8 for 80 %)' : ''}`;
    case 'invalid_type':
      return `${article(issue.expected)} is expected`;
    default:
      return issue.message;
  }
}

function article(type: string): string {
  const names: Readonly<Record<string, string>> = {
    object: 'a mapping',
    array: 'a list',
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    record: 'a mapping',
  };
  return names[type] ?? type;
}

/** The known keys of the mapping at a path, as far as the schema fixes them. */
function keysAt(schema: ReturnType<typeof settingsSchema>, path: Path): readonly string[] {
  let shape: unknown = schema;
  for (const step of path) shape = childOf(shape, step);
  return keysOf(shape);
}

interface Definition {
  readonly def?: {
    readonly type?: string;
    readonly shape?: Record<string, unknown>;
    readonly innerType?: unknown;
    readonly element?: unknown;
    readonly options?: readonly unknown[];
  };
}

function childOf(schema: unknown, step: PropertyKey): unknown {
  const definition = unwrapped(schema);
  for (const option of definition) {
    const child =
      option.def?.shape?.[String(step)] ?? (typeof step === 'number' ? option.def?.element : undefined);
    if (child !== undefined) return child;
  }
  return undefined;
}

function keysOf(schema: unknown): readonly string[] {
  return unwrapped(schema).flatMap(({ def }) => Object.keys(def?.shape ?? {}));
}

/** The schemas behind "optional" and "one of". */
function unwrapped(schema: unknown): readonly Definition[] {
  const definition = schema as Definition | undefined;
  if (!definition?.def) return [];
  if (definition.def.innerType) return unwrapped(definition.def.innerType);
  if (definition.def.options) return definition.def.options.flatMap(unwrapped);
  return [definition];
}

/** Where in the text a part of the value stands; of a key, where the key stands. */
export function offsetOf(root: unknown, path: Path): number | undefined {
  let node = root as Node | null;
  let offset = node?.range?.[0];
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      const key = pair?.key as Node | undefined;
      if (!pair || !key) return offset;
      offset = key.range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else {
      const items = (node as { readonly items?: readonly Node[] } | null)?.items;
      const item = items?.[Number(step)];
      if (!item) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    }
  }
  return offset;
}

/** The part of a value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step],
    value,
  );
}
