import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Writes the skeleton of a rule: its file, its test and two cases. `npm run new-rule migrations/drops-primary-key`. */
const root = fileURLToPath(new URL('..', import.meta.url));
const id = process.argv[2] ?? '';
const match = /^(coverage|review|migrations)\/([a-z][a-z\d]*(?:-[a-z\d]+)*)$/.exec(id);
if (!match?.[1] || !match[2]) {
  console.error(
    `"${id}" is no rule id. Use <coverage|review|migrations>/<statement-that-can-be-true>, for example migrations/drops-primary-key.`,
  );
  process.exit(2);
}
const [, subject, name] = match;
const exported = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
/** What the cases of a subject need besides the two trees, so that its facts are there at all. */
const given: Readonly<Record<string, readonly [name: string, content: string]>> = {
  coverage: ['lcov.info', 'TN:\nSF:README.md\nDA:1,1\nend_of_record\n'],
  review: [
    'facts.json',
    `${JSON.stringify(
      {
        review: {
          author: { key: 'author', kind: 'human' },
          createdAt: '2026-11-20T09:00:00Z',
          reviews: [],
          forcePushes: [],
          requests: [],
          readyForReviewAt: [],
          convertedToDraftAt: [],
          commitAuthors: [],
        },
      },
      undefined,
      2,
    )}\n`,
  ],
};
const facts = given[subject];
const cases = `test/cases/${id}`;

const files: Readonly<Record<string, string>> = {
  [`src/${subject}/rules/${name}.ts`]: `import { findings, notApplicable, pass } from '../../core/outcome.ts';
import { defineRule } from '../../core/rule.ts';

export const ${exported} = defineRule({
  id: '${id}',
  since: '0.1.0',
  level: 'notice',
  question: 'Which question does it answer?',
  docs: {
    triggered: 'When does it speak?',
    why: 'Why does that matter?',
    fix: 'What helps?',
    quietWhen: 'When does it stay quiet?',
  },
  sources: [],
  thresholds: {
    fewestFiles: { fallback: 1, unit: 'files', meaning: 'A change with fewer files is not judged.' },
  },
  needs: ['change', '${subject}'],
  identity: ({ about }) => [about.path ?? ''],
  evaluate({ change }, { fewestFiles }) {
    if (change.files.length < fewestFiles) return notApplicable('the change has no file');
    const [file] = change.files.filter(({ path }) => path.endsWith('.example'));
    if (!file) return pass(\`none of \${change.files.length} changed files is an example\`);
    return findings([
      {
        about: { path: file.path },
        confidence: 'high',
        place: { path: file.path },
        observation: 'What was seen, with its number and its base.',
        impact: 'Why it matters here.',
        action: 'Which one question or next step?',
        measurements: [{ name: 'examples', value: 1, unit: 'files', base: change.files.length }],
      },
    ]);
  },
});
`,
  [`test/${subject}/rules/${name}.test.ts`]: `import { expect, it } from 'vitest';
import { evaluate } from '../../../src/core/evaluate.ts';
import { ${exported} } from '../../../src/${subject}/rules/${name}.ts';
import { change, facts } from '../../support/facts.ts';

it('an empty change is not applicable', () => {
  const parts = facts({ change: change({ files: [] }), ${subject}: {} as never });
  const [result] = evaluate(parts, [${exported}]);
  expect(result?.outcome).toEqual({ kind: 'not-applicable', reason: 'the change has no file' });
});
`,
  [`${cases}/it-speaks/base/README.md`]: '# Shop\n',
  [`${cases}/it-speaks/head/README.md`]: '# Shop\n',
  [`${cases}/it-speaks/head/a.example`]: 'text\n',
  [`${cases}/it-speaks/expected.md`]:
    '## notice · `a.example`\n\nWhat was seen, with its number and its base.\n\nWhy it matters here.\n\nWhich one question or next step?\n',
  [`${cases}/it-stays-quiet/base/README.md`]: '# Shop\n',
  [`${cases}/it-stays-quiet/head/README.md`]: '# The shop\n',
  [`${cases}/it-stays-quiet/expected.md`]: 'Passes: none of 1 changed files is an example\n',
  ...(facts && {
    [`${cases}/it-speaks/${facts[0]}`]: facts[1],
    [`${cases}/it-stays-quiet/${facts[0]}`]: facts[1],
  }),
};

const namesake = Object.keys(given)
  .concat('migrations')
  .find((other) => other !== subject && existsSync(join(root, `src/${other}/rules/${name}.ts`)));
if (namesake) {
  console.error(`There is a rule ${namesake}/${name}; two rules cannot share a name. Nothing was written.`);
  process.exit(2);
}
const taken = Object.keys(files).filter((path) => existsSync(join(root, path)));
if (taken.length > 0) {
  console.error(`${taken[0]} exists already; nothing was written.`);
  process.exit(2);
}
for (const [path, content] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
// A long name breaks lines that a short one does not.
const written = Object.keys(files).filter((path) => path.endsWith('.ts'));
execFileSync(join(root, 'node_modules/.bin/biome'), ['check', '--write', ...written], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
console.log(
  `${Object.keys(files).join('\n')}\n\nNow fill them in, then: npm run generate && npm run build && npm test`,
);
