import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Writes the skeleton of a rule: its file, its test and two cases. `npm run new-rule migrations/drops-primary-key`. */
const root = fileURLToPath(new URL('..', import.meta.url));
const id = process.argv[2] ?? '';
const match = /^(coverage|review|migrations|health)\/([a-z][a-z\d]*(?:-[a-z\d]+)*)$/.exec(id);
if (!match?.[1] || !match[2]) {
  console.error(
    `"${id}" is no rule id. Use <coverage|review|migrations|health>/<statement-that-can-be-true>, for example migrations/drops-primary-key.`,
  );
  process.exit(2);
}
const [, subject, name] = match;
const exported = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const part =
  { coverage: 'coverage', review: 'review', migrations: 'migrations', health: 'change' }[subject] ?? 'change';

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
  needs: ['change', '${part}'],
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
  const [result] = evaluate(facts({ change: change({ files: [] }), ${part === 'change' ? '' : `${part}: {} as never`} }), [${exported}]);
  expect(result?.outcome).toEqual({ kind: 'not-applicable', reason: 'the change has no file' });
});
`,
  [`test/cases/${id}/it-speaks/base/README.md`]: '# Shop\n',
  [`test/cases/${id}/it-speaks/head/README.md`]: '# Shop\n',
  [`test/cases/${id}/it-speaks/head/a.example`]: 'text\n',
  [`test/cases/${id}/it-speaks/expected.md`]:
    '## notice · `a.example`\n\nWhat was seen, with its number and its base.\n\nWhy it matters here.\n\nWhich one question or next step?\n',
  [`test/cases/${id}/it-stays-quiet/base/README.md`]: '# Shop\n',
  [`test/cases/${id}/it-stays-quiet/head/README.md`]: '# The shop\n',
  [`test/cases/${id}/it-stays-quiet/expected.md`]: 'Passes: none of 1 changed files is an example\n',
};

const taken = Object.keys(files).filter((path) => existsSync(join(root, path)));
if (taken.length > 0) {
  console.error(`${taken.join(', ')} exists already; nothing was written.`);
  process.exit(2);
}
for (const [path, content] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
console.log(
  `${Object.keys(files).join('\n')}\n\nNow fill them in, then: npm run generate && npm run build && npm test`,
);
