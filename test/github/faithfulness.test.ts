import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { mutationRoot } from './graphql/mutations.ts';
import { checkRequestBody, operationNames, operationOf } from './http/contract.ts';
import { restRoutes } from './rest/routes.ts';
import { GitHubState } from './state/github-state.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const served: ReadonlySet<string> = new Set(restRoutes.map(({ operation }) => operation));
const mutations = Object.keys(mutationRoot()).filter((name) => name !== '__typename');
const schema = buildSchema(
  readFileSync(join(root, 'node_modules/@octokit/graphql-schema/schema.graphql'), 'utf8'),
  // The published schema has a field twice.
  { assumeValidSDL: true },
);
const officialMutations = schema.getMutationType()?.getFields() ?? {};

/** Every operation of GitHub's REST API, as octokit generates its methods from the official description; with repetitions. */
const officialOperations = operationsIn(
  readFileSync(
    join(root, 'node_modules/@octokit/plugin-rest-endpoint-methods/dist-src/generated/endpoints.js'),
    'utf8',
  ),
);

/** Not GitHub's: what the App's own server answers, and the door to GraphQL. */
const notRest: ReadonlySet<string> = new Set([
  'POST /graphql',
  'GET /',
  'GET /healthz',
  'GET /metrics',
  'GET /probot',
  'GET /probot/setup',
  'GET /readyz',
]);

/** Signing in as a person: octokit's authentication, bundled with the App, could; no code of ours asks it to. */
const neverSent: ReadonlySet<string> = new Set([
  'POST /login/oauth/access_token',
  'POST /login/device/code',
  'PATCH /applications/{client_id}/token',
  'POST /applications/{client_id}/token',
  'DELETE /applications/{client_id}/token',
  'DELETE /applications/{client_id}/grant',
]);

/** Served by GitHub and described nowhere: where the redirect of a renamed repository leads. */
const undescribed: ReadonlySet<string> = new Set(['GET /repositories/{id}']);

describe('what Review Vitals asks of GitHub', () => {
  const bundles = filesIn('dist', '.js');

  test('the bundles are there to be read', () => {
    expect(bundles.map(({ path }) => path)).toContain('action.js');
  });

  test.each(bundles.map(({ path, text }) => [path, text]))(
    'every operation that dist/%s calls is emulated',
    (_, text) => {
      // The bundle holds a table of all operations besides: what is called is named once more.
      const inTable = text.includes(' /repos/{owner}/{repo}/interaction-limits')
        ? tally(officialOperations)
        : new Map();
      const called = [...tally(operationsIn(text))]
        .filter(([operation, times]) => times > (inTable.get(operation) ?? 0))
        .map(([operation]) => operation);
      const strays = called.filter((operation) => !served.has(operation) && !notRest.has(operation));
      expect(strays.filter((operation) => !neverSent.has(operation))).toEqual([]);
    },
  );

  test('every operation that src/ names is emulated', () => {
    const named = filesIn('src', '.ts').flatMap(({ text }) => operationsIn(text));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((operation) => !served.has(operation) && !notRest.has(operation))).toEqual([]);
  });

  test('nothing is asked through octokit’s generated methods, where no operation would be named', () => {
    const strays = filesIn('src', '.ts')
      .filter(({ text }) => /\.rest\.[a-z]\w*\.\w+\(|\boctokit\.(?:paginate|issues|pulls|repos)\b/.test(text))
      .map(({ path }) => path);
    expect(strays).toEqual([]);
  });

  test('every mutation is emulated', () => {
    const sent = [...bundles, ...filesIn('src', '.ts')].flatMap(({ text }) => mutationsIn(text));
    expect(sent).toContain('resolveReviewThread');
    expect(sent.filter((name) => !mutations.includes(name))).toEqual([]);
  });
});

describe('the emulation and the official descriptions', () => {
  test('every operation that is served is one of GitHub’s', () => {
    const strays = [...served].filter((operation) => !officialOperations.includes(operation));
    expect(strays.filter((operation) => !undescribed.has(operation))).toEqual([]);
  });

  test.each(mutations)('the mutation %s exists, takes one input and gives what the schema says', (name) => {
    const field = officialMutations[name];
    expect(field?.args.map((argument) => argument.name)).toEqual(['input']);
    expect(String(field?.type)).toBe(`${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`);
  });

  test('what is not emulated is listed', async () => {
    const rest = [...new Set(officialOperations)].filter((operation) => !served.has(operation));
    const byArea = Map.groupBy(rest, (operation) => areaOf(operation));
    const others = Object.keys(officialMutations).filter((name) => !mutations.includes(name));
    const list = [
      '# What the fake GitHub does not emulate',
      'Kept by `faithfulness.test.ts` (`npx vitest run test/github/faithfulness.test.ts -u` writes it anew). Asking for any of it fails the test that asks.',
      `## REST: ${rest.length} of ${rest.length + served.size} operations`,
      ...[...byArea]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([area, operations]) => `- \`${area}\`: ${operations.length}`),
      `## GraphQL: ${others.length} of ${others.length + mutations.length} mutations`,
      others
        .toSorted()
        .map((name) => `\`${name}\``)
        .join(', '),
    ];
    await expect(
      `${list.join('\n\n').replaceAll('\n\n- ', '\n- ').replace('\n- ', '\n\n- ')}\n`,
    ).toMatchFileSnapshot('not-emulated.md');
  });
});

describe('limits that the official description states', () => {
  const stated = operationNames().flatMap((operation) =>
    limitsOf(operationOf(operation)?.body, []).map((limit) => ({ operation, ...limit })),
  );

  test('there are some', () => {
    expect(stated.map(({ path, most }) => `${path.join('.')} ${most}`)).toEqual(
      expect.arrayContaining(['output.summary 65535', 'output.annotations 50', 'actions 3']),
    );
  });

  test.each(
    stated.map(
      ({ operation, path, keyword, most }) => [operation, path.join('.'), keyword, most, path] as const,
    ),
  )(
    '%s: %s, %s %i: exactly so many are accepted, one more is refused',
    (operation, _, keyword, most, path) => {
      expect(problemsAt(operation, path, keyword, most)).toBe(0);
      expect(problemsAt(operation, path, keyword, most + 1)).toBe(1);
    },
  );
});

describe('limits that only the documentation states', () => {
  test.each([
    // https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
    ['contentPerMinute', 80],
    // https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#node-limit
    ['graphqlNodes', 500_000],
    // https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
    ['pullRequestFiles', 3000],
  ] as const)('%s is %i', (name, value) => {
    const state = new GitHubState();
    expect(state.limits[name]).toBe(value);
    state.close();
  });
});

interface StatedLimit {
  /** Names of fields; `0` stands for an item of a list. */
  readonly path: readonly string[];
  readonly keyword: 'maxLength' | 'maxItems';
  readonly most: number;
}

function limitsOf(schema: unknown, path: readonly string[]): readonly StatedLimit[] {
  const { properties, items, ...own } = Object(schema) as Readonly<Record<string, unknown>>;
  const here = (['maxLength', 'maxItems'] as const).flatMap((keyword) => {
    const most = own[keyword];
    return typeof most === 'number' ? [{ path, keyword, most }] : [];
  });
  const below = Object.entries(Object(properties)).flatMap(([name, inner]) =>
    limitsOf(inner, [...path, name]),
  );
  return [...here, ...below, ...(items === undefined ? [] : limitsOf(items, [...path, '0']))];
}

/** How often the body is refused by this keyword at this place when it holds `amount` of what is limited. */
function problemsAt(
  operation: string,
  path: readonly string[],
  keyword: StatedLimit['keyword'],
  amount: number,
): number {
  const value: unknown =
    keyword === 'maxLength' ? 'x'.repeat(amount) : Array.from({ length: amount }, () => ({}));
  const body = path.reduceRight<unknown>(
    (inner, name) => (name === '0' ? [inner] : { [name]: inner }),
    value,
  );
  return checkRequestBody(operation, body).filter(
    (problem) => problem.keyword === keyword && problem.field === path.join('.'),
  ).length;
}

function operationsIn(text: string): readonly string[] {
  return [...text.matchAll(/[`"']((?:GET|POST|PUT|PATCH|DELETE) \/[^`"'\s]*)[`"']/g)].map(([, name = '']) =>
    // A template for the query: it names no other operation.
    name.replace(/\{\?[^}]*\}$/, ''),
  );
}

function mutationsIn(text: string): readonly string[] {
  return [...text.matchAll(/\bmutation\b\s*\w*\s*(?:\([^)]*\))?\s*\{\s*(?:\w+\s*:\s*)?(\w+)\s*\(/g)].map(
    (match) => match[1] ?? '',
  );
}

function tally(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}

/** "/repos/{owner}/{repo}/pages/builds" belongs to "/repos/{owner}/{repo}/pages", "/gists/{id}" to "/gists". */
function areaOf(operation: string): string {
  const path = operation.split(' ')[1] ?? '';
  return /^\/(?:repos\/\{owner\}\/\{repo\}(?:\/[^/]+)?|[^/]+)/.exec(path)?.[0] ?? path;
}

function filesIn(
  folder: string,
  ending: string,
): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, folder, path), 'utf8') }));
}
