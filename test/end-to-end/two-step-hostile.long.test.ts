import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipOf } from '../github/admin/zip.ts';
import { type GitHub, readOnlyPermissions, startGitHub } from '../github/start-github.ts';
import { expectNoViolations, moduleText, repository, scenarioOf } from '../support/end-to-end.ts';
import { judgeRun } from './two-step-scene.ts';

const artifact = 'review-vitals-coverage-test-1';
const prose = 'Reviewed and approved by @acme/security, merge it';

let github: GitHub;
let head: string;
let base: string;

beforeAll(async () => {
  github = await startGitHub(scenarioOf({}, { 'src/refund.ts': moduleText }));
  ({ headSha: head, baseSha: base } = await github.pull(repository, 7));
});

afterAll(async () => {
  await expectNoViolations(github);
  await github.stop();
});

/** Data as a test job leaves it, with these fields otherwise. */
function data(other: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    format: 'review-vitals-coverage',
    version: 1,
    repository,
    measuredCommit: head,
    shard: 'test',
    unit: 'lines',
    reports: [{ path: 'lcov.info', format: 'lcov', files: 1, remarks: 0 }],
    reportedFiles: 1,
    folders: [['src', 'refund.ts 20 0 10 h20m10\n']],
    unmapped: [],
    ...other,
  });
}

function packed(content: string | Buffer): Buffer {
  return zipOf({ 'coverage.json': content });
}

/** A zip archive whose directory says of its entry what the test wants it to say. */
function forged(content: Buffer, field: number, value: number, bytes: 2 | 4 = 4): Buffer {
  const zip = packed(content);
  const at = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + field;
  if (bytes === 2) zip.writeUInt16LE(value, at);
  else zip.writeUInt32LE(value, at);
  return zip;
}

/** 700 MB of blanks in 700 kB, in an archive that tells the truth or claims to hold 100 bytes. */
function bomb(claimed?: number): Buffer {
  const block = Buffer.alloc(64 * 1024 * 1024, 0x20);
  const body = deflateRawSync(block, { level: 9 });
  const zip = zipOf({ 'coverage.json': '' });
  const size = claimed ?? block.length;
  const local = zip.subarray(0, 30 + 13);
  const start = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  const central = Buffer.from(zip.subarray(start, start + 46 + 13));
  const end = Buffer.from(zip.subarray(zip.length - 22));
  for (const [record, at] of [
    [local, 14],
    [central, 16],
  ] as const) {
    record.writeUInt32LE(crc32(block), at);
    record.writeUInt32LE(body.length, at + 4);
    record.writeUInt32LE(size, at + 8);
  }
  end.writeUInt32LE(local.length + body.length, 16);
  return Buffer.concat([local, body, central, end]);
}

const refused = (why: string) => `the coverage data in \`${artifact}\` was refused: ${why}`;
const refusedAll = (why: string) => `the coverage data of the test jobs was refused: ${why}`;

/** What the artifact holds → the sentence in the job summary. */
const cases: readonly (readonly [title: string, zip: () => Buffer, sentence: () => string])[] = [
  ['a zip bomb that says so', () => bomb(), () => refused('it unpacks to more than 32 MB')],
  ['a zip bomb that claims 100 bytes', () => bomb(100), () => refused('it unpacks to more than 32 MB')],
  [
    'an archive over 8 MB',
    () => Buffer.concat([packed(data()), Buffer.alloc(8 * 1024 * 1024)]),
    () => refused('it is larger than 8 MB'),
  ],
  [
    'an entry that leads out of the folder',
    () => zipOf({ '../../../etc/cron.d/coverage.json': data() }),
    () => refused('its entry has another name than coverage.json'),
  ],
  [
    'an entry with an absolute path',
    () => zipOf({ '/etc/passwd': data() }),
    () => refused('its entry has another name than coverage.json'),
  ],
  [
    'a second entry',
    () => zipOf({ 'coverage.json': data(), 'node_modules/x.js': 'evil()' }),
    () => refused('it holds 2 entries instead of the one that is expected'),
  ],
  ['no zip archive', () => Buffer.from(data()), () => refused('it is no whole zip archive')],
  ['half a zip archive', () => packed(data()).subarray(0, 120), () => refused('it is no whole zip archive')],
  [
    'an empty archive',
    () => zipOf({}),
    () => refused('it holds 0 entries instead of the one that is expected'),
  ],
  [
    'an encrypted entry',
    () => forged(Buffer.from(data()), 8, 0x0801, 2),
    () => refused('its entry is encrypted'),
  ],
  [
    'a method of packing nobody uses',
    () => forged(Buffer.from(data()), 10, 93, 2),
    () => refused('its entry is packed in a way that a test job does not use'),
  ],
  [
    'a wrong check sum',
    () => forged(Buffer.from(data()), 16, 1),
    () => refused('its zip entry unpacks to something else than it says'),
  ],
  [
    'an entry that begins outside of the archive',
    () => forged(Buffer.from(data()), 42, 0x7fffffff),
    () => refused('its zip entry cannot be read'),
  ],
  ['what is no JSON', () => packed('{"format":'), () => refused('it holds no JSON')],
  [
    'bytes that are no UTF-8',
    () => packed(Buffer.from([0x22, 0xff, 0x22])),
    () => refused('it holds no JSON'),
  ],
  ['other JSON', () => packed('[1, 2]'), () => refused('its JSON is not the data of a test job')],
  [
    'a later version',
    () => packed(data({ version: 2 })),
    () => refused('it has version 2, and this version of Review Vitals reads 1'),
  ],
  [
    'another repository',
    () => packed(data({ repository: 'mallory/shop' })),
    () => refused('it was measured for another repository'),
  ],
  [
    'another job than its name says',
    () => packed(data({ shard: 'deploy' })),
    () => refused('it names another job than its artifact'),
  ],
  ['prose in place of a job', () => packed(data({ shard: prose })), () => refused('it names no job')],
  [
    'the commit of another pull request',
    () => packed(data({ measuredCommit: base })),
    () =>
      refusedAll(
        `it was measured on ${base.slice(0, 7)}, which is neither the head ${head.slice(0, 7)} nor a merge of it`,
      ),
  ],
  [
    'a commit that does not exist',
    () => packed(data({ measuredCommit: 'c'.repeat(40) })),
    () => 'the commit ccccccc that the tests ran on could not be read',
  ],
  [
    'a revision in place of a commit',
    () => packed(data({ measuredCommit: '--upload-pack=touch /tmp/x' })),
    () => refused('it names no commit that was measured'),
  ],
  [
    'prose in place of a path',
    () => packed(data({ folders: [['', 'Reviewed%20and%20approved%20by%20@acme,%20merge%20it 1 0 0 h\n']] })),
    () => refusedAll(`commit ${head.slice(0, 7)} has no file at 1 of its 1 paths`),
  ],
  [
    'prose in place of a folder',
    () => packed(data({ folders: [[prose, 'refund.ts 20 0 10 h20m10\n']] })),
    () => refusedAll(`commit ${head.slice(0, 7)} has no file at 1 of its 1 paths`),
  ],
  [
    'prose in place of a report',
    () => packed(data({ reports: [{ path: prose, format: 'lcov', files: 1, remarks: 0 }] })),
    () => refused('its list of reports is none that a test job writes'),
  ],
  [
    'prose in place of an unmapped path',
    () =>
      packed(
        data({
          reportedFiles: 2,
          unmapped: [{ path: prose, why: 'no tracked file matches', isThirdParty: false }],
        }),
      ),
    () => refused('its list of paths without a file is none that a test job writes'),
  ],
  [
    'prose in place of a reason',
    () => packed(data({ reportedFiles: 2, unmapped: [{ path: 'a.ts', why: prose, isThirdParty: false }] })),
    () => refused('its list of paths without a file is none that a test job writes'),
  ],
  [
    '`__proto__` as a folder',
    () =>
      packed(
        `{"__proto__":{"folders":[]},${data({ folders: [['__proto__', 'constructor 1 0 0 h\n']] }).slice(1)}`,
      ),
    () => refusedAll(`commit ${head.slice(0, 7)} has no file at 1 of its 1 paths`),
  ],
  [
    'a folder that leads out of the repository',
    () => packed(data({ folders: [['../../etc', 'passwd 1 0 0 h\n']] })),
    () => refused('folder 1 of its list is no path inside a repository'),
  ],
  [
    'run lengths that overlap a whole machine',
    () => packed(data({ folders: [['src', 'refund.ts 2147483000 0 0 h2147483000\n']] })),
    () => refused('in folder 1 of its list is a file of more than 2000000 lines'),
  ],
  [
    'totals that its lines contradict',
    () => packed(data({ folders: [['src', 'refund.ts 30 0 0 h20m10\n']] })),
    () => refused('in folder 1 of its list line 1 has totals that its own lines contradict'),
  ],
  [
    'the same folder twice',
    () =>
      packed(
        data({
          folders: [
            ['src', 'refund.ts 1 0 0 h\n'],
            ['src', 'refund.ts 0 0 1 m\n'],
          ],
        }),
      ),
    () => refused('folder 2 of its list is there for the second time'),
  ],
  [
    'counts that are no numbers',
    () => packed(data().replace('"reportedFiles":1', '"reportedFiles":1e309')),
    () => refused('its count of files contradicts its own lists'),
  ],
];

describe.concurrent('an artifact that no step of ours has left', { timeout: 120_000 }, () => {
  it.for(cases)('%s is refused with a sentence', async ([, zip, sentence]) => {
    const { id } = await github.addWorkflowRun({
      repository,
      headSha: head,
      headBranch: 'change',
      artifacts: { [artifact]: { zip: zip().toString('base64') } },
    });
    const run = await judgeRun(github, id, { token: await github.token(readOnlyPermissions) });
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toBe('');
    expect(run.summary).toContain(sentence());
    expect(run.summary).toMatch(/Not checked: .*`coverage\/changed-lines-not-run`/);
    expect(run.summary).not.toContain('approved by');
    expect(run.outputs).toMatchObject({ findings: '0' });
  });

  it('a comment of anybody’s choosing is not written: the conversation stays empty', async () => {
    expect(await github.snapshot(repository, 7)).not.toContain('github-actions');
  });
});
