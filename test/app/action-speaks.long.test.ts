import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionSpeaks } from '../../src/app/github/action-speaks.ts';
import { permissions } from '../../src/app/set-up/manifest.ts';
import { createClient } from '../../src/collect/github/create-client.ts';
import { type GitHub, startGitHub } from '../github/start-github.ts';
import { appId, publicKey } from './support/webhook.ts';

let github: GitHub;
let token: string;

/** Workflow files by the repository that has them. */
const workflows: Readonly<Record<string, string>> = {
  'acme/workflow': `jobs:
  test:
    steps:
      - uses: octo-org/review-vitals@v1
        with: { mode: collect }
  vitals:
    steps: [{ uses: octo-org/review-vitals@v1 }]
`,
  'acme/other-input': '      - uses: octo-org/review-vitals@v1\n        with: { id: collect }\n',
  'acme/called': 'jobs: { vitals: { uses: octo-org/review-vitals/.github/workflows/all.yml@v1 } }\n',
  'acme/by-name': 'jobs: { vitals: { uses: acme/.github/.github/workflows/review-vitals.yml@main } }\n',
  'acme/no-yaml': '  - uses: octo-org/review-vitals@v1\n- : [\n',
  'acme/collects': `jobs:
  test:
    steps:
      - run: npm test
      - uses: octo-org/review-vitals@v1
        if: always()
        with:
          mode: collect
`,
  'acme/step': '      - uses: octo-org/review-vitals@v1\n',
  'acme/named-step': '      - name: Vitals\n        uses: "octo-org/review-vitals@3f1c"\n',
  'acme/folder': '      - uses: octo-org/review-vitals/collect@v1\n',
  'acme/comment': '      # - uses: octo-org/review-vitals@v1\n',
  'acme/other': '      - uses: octo-org/review-vitals-lint@v1\n',
  'acme/text': '      - run: "echo uses: octo-org/review-vitals@v1"\n',
};

beforeAll(async () => {
  github = await startGitHub({
    users: { acme: { type: 'Organization' } },
    apps: [
      { id: appId, slug: 'vitals-app', publicKey, permissions, installations: [{ id: 11, account: 'acme' }] },
    ],
    repositories: [
      ...Object.entries(workflows).map(([name, text]) => ({
        name,
        git: [{ commit: 'Begin', by: 'ada', files: { '.github/workflows/ci.yml': text } }],
      })),
      { name: 'acme/none', git: [{ commit: 'Begin', by: 'ada', files: { 'README.md': '# Shop\n' } }] },
      { name: 'acme/check', git: [{ commit: 'Begin', by: 'ada', files: { 'README.md': '# Shop\n' } }] },
    ],
  });
  token = await github.token(permissions, { as: 'vitals-app[bot]' });
});

afterAll(async () => {
  expect(await github.violations()).toEqual([]);
  await github.stop();
});

async function question(repository: string) {
  const [owner = '', name = ''] = repository.split('/');
  const client = createClient({ token, apiUrl: github.apiUrl, retries: 0 });
  const branch = await client.rest<{ commit: { sha: string } }>('GET /repos/{owner}/{repo}/commits/{ref}', {
    owner,
    repo: name,
    ref: 'main',
  });
  if (!branch.ok) throw new Error(branch.error.message);
  const head = (branch.data as unknown as { sha: string }).sha;
  return { client, owner, name, head, base: head, appId, instance: 'default' };
}

async function checkRun(as: string, externalId: string): Promise<void> {
  const { head } = await question('acme/check');
  const client = createClient({ token: await github.token(permissions, { as }), apiUrl: github.apiUrl });
  const made = await client.rest('POST /repos/{owner}/{repo}/check-runs', {
    owner: 'acme',
    repo: 'check',
    name: 'Review Vitals',
    head_sha: head,
    external_id: externalId,
    status: 'completed',
    conclusion: 'success',
  });
  if (!made.ok) throw new Error(made.error.message);
}

describe('whether the Action speaks already', () => {
  it.each([
    'acme/step',
    'acme/named-step',
    'acme/folder',
    'acme/workflow',
    'acme/other-input',
    'acme/called',
    'acme/by-name',
    'acme/no-yaml',
  ])('the workflow of %s says so', async (repository) => {
    expect(await actionSpeaks(await question(repository))).toBe('the workflow ci.yml runs the Action');
  });

  it.each(['acme/comment', 'acme/other', 'acme/text', 'acme/none', 'acme/collects'])(
    'the workflow of %s does not',
    async (repository) => {
      expect(await actionSpeaks(await question(repository))).toBeUndefined();
    },
  );

  it('a check run tells when another app made it for the same instance', async () => {
    expect(await actionSpeaks(await question('acme/check'))).toBeUndefined();
    await checkRun('vitals-app[bot]', 'review-vitals:default');
    await checkRun('github-actions[bot]', 'review-vitals:backend');
    expect(await actionSpeaks(await question('acme/check'))).toBeUndefined();
    await checkRun('github-actions[bot]', 'review-vitals:default');
    expect(await actionSpeaks(await question('acme/check'))).toBe('the Action has judged this head already');
  });

  it('a check run tells among more of them than a page holds', async () => {
    const { head } = await question('acme/check');
    const other = await github.token(permissions, { as: 'github-actions[bot]' });
    for (let n = 0; n < 100; n += 1) {
      await fetch(`${github.apiUrl}/repos/acme/check/check-runs`, {
        method: 'POST',
        headers: { authorization: `token ${other}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `test ${n}`, head_sha: head, status: 'queued' }),
      });
    }
    expect(await actionSpeaks(await question('acme/check'))).toBe('the Action has judged this head already');
  });

  it('is never guessed: what cannot be read is asked again later', async () => {
    await github.fault({ match: 'query Workflows', kind: 'before', status: 502 });
    await expect(actionSpeaks(await question('acme/none'))).rejects.toThrow(
      /^The workflows at [\da-f]{40} could not be read:/,
    );
  });
});
