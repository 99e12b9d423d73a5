import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openRepository } from '../../../src/collect/git/open-repository.ts';
import { serveGitRepository } from '../../support/git-http-server.ts';
import {
  createGitRepository,
  fixedGitEnvironment,
  type GitRepository,
} from '../../support/git-repository.ts';
import { createCleanup, fingerprintOf, opened, people, present } from './opened.ts';

const cleanup = createCleanup();
afterEach(async () => {
  vi.unstubAllEnvs();
  await cleanup.run();
});

function repository(options?: Parameters<typeof createGitRepository>[0]): GitRepository {
  return cleanup.add(createGitRepository(options), (repo) => repo.remove());
}

/** Main with three commits, and a branch of one commit that forked at the first. */
function forked(repo: GitRepository) {
  const fork = repo.commit({ 'a.txt': 'one\ntwo\n', 'sql/1.sql': 'select 1;\n' });
  repo.commit({ 'b.txt': 'b\n' });
  const base = repo.commit({ 'c.txt': 'c\n' });
  const head = repo.commit(
    { 'sql/1.sql': 'select 2;\n', 'new.txt': 'n\n' },
    { branch: 'feature', parents: [fork] },
  );
  return { fork, base, head };
}

describe('A complete checkout', () => {
  test('is read without any remote', async () => {
    const repo = repository();
    const { fork, base, head } = forked(repo);
    const judged = await opened(cleanup, { checkout: repo.folder });
    expect(await judged.mergeBase(base, head)).toBe(fork);
    expect(await judged.parentsOf(head)).toEqual([fork]);
    const change = present(await judged.readChange({ base, head, baseName: 'main' }));
    expect(change).toEqual({
      base,
      head,
      mergeBase: fork,
      baseName: 'main',
      files: [
        {
          path: 'new.txt',
          status: 'added',
          kind: 'file',
          isBinary: false,
          hunks: [{ baseStart: 0, baseLines: 0, headStart: 1, headLines: 1 }],
          added: [{ start: 1, end: 1 }],
          deleted: [],
        },
        {
          path: 'sql/1.sql',
          status: 'modified',
          kind: 'file',
          isBinary: false,
          hunks: [{ baseStart: 1, baseLines: 1, headStart: 1, headLines: 1 }],
          added: [{ start: 1, end: 1 }],
          deleted: [{ start: 1, end: 1 }],
        },
      ],
      commits: [
        {
          id: head,
          parents: [fork],
          author: people({ email: 'ada@example.test' }),
          committedAt: '2026-01-05T12:00:00Z',
          subject: 'Commit 4',
          body: '',
        },
      ],
    });
  });

  test.each(['a linked work tree', 'a bare repository', 'a clone that borrows its objects'])(
    '%s is as good',
    async (form) => {
      const repo = repository();
      const { fork, base, head } = forked(repo);
      const place = join(cleanup.folder(), 'place with "quotes" and spaces');
      if (form === 'a linked work tree') repo.git('worktree', 'add', '-q', '--detach', place, 'feature');
      else if (form === 'a bare repository') repo.git('clone', '-q', '--bare', '.', place);
      else repo.git('clone', '-q', '--shared', '.', place);
      const judged = await opened(cleanup, { checkout: place });
      expect(await judged.mergeBase(base, head)).toBe(fork);
      expect(await judged.resolve('HEAD')).toBe(form === 'a linked work tree' ? head : base);
    },
  );

  test("a submodule's work tree is as good", async () => {
    const inner = repository();
    const { fork, base, head } = forked(inner);
    const outer = repository();
    outer.commit({ 'x.txt': 'x\n' });
    outer.checkout('main');
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.folder, 'lib');
    const judged = await opened(cleanup, { checkout: join(outer.folder, 'lib') });
    expect(await judged.mergeBase(base, head)).toBe(fork);
  });

  test('keeps its object format', async () => {
    const repo = repository({ objectFormat: 'sha256' });
    const { fork, base, head } = forked(repo);
    const judged = await opened(cleanup, { checkout: repo.folder });
    expect(await judged.mergeBase(base, head)).toBe(fork);
    expect(present(await judged.readChange({ base, head, baseName: 'main' })).files).toHaveLength(2);
  });

  test('may belong to somebody else', async () => {
    const repo = repository();
    const { fork, base, head } = forked(repo);
    // git's own test variable, set by a stand-in for git, since no variable of the caller gets through.
    const bin = cleanup.folder();
    const git = spawnSync('sh', ['-c', 'command -v git']).stdout.toString().trim();
    writeFileSync(join(bin, 'git'), `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec '${git}' "$@"\n`);
    chmodSync(join(bin, 'git'), 0o755);
    const refused = spawnSync(join(bin, 'git'), ['rev-parse', 'HEAD'], {
      cwd: repo.folder,
      env: fixedGitEnvironment,
    });
    expect(refused.stderr.toString()).toContain('dubious ownership');
    vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
    const judged = await opened(cleanup, { checkout: repo.folder });
    expect(await judged.mergeBase(base, head)).toBe(fork);
    expect(await judged.resolve('main')).toBe(base);
  });

  test('is not changed by a single byte', async () => {
    const repo = repository();
    const { base, head } = forked(repo);
    repo.checkout('feature');
    writeFileSync(join(repo.folder, 'dirty.txt'), 'not committed');
    repo.git('remote', 'add', 'origin', 'http://127.0.0.1:9/nowhere.git');
    const before = fingerprintOf(repo.folder);
    const judged = await opened(cleanup, { checkout: repo.folder });
    present(await judged.readChange({ base, head, baseName: 'main' }));
    present(await judged.listFiles(head));
    present(await judged.hunksBetween(base, head));
    present(await judged.unreviewedTail({ base, head, approved: head }));
    await judged.ensureCommits(['1'.repeat(40)]);
    await judged.close();
    expect(fingerprintOf(repo.folder)).toEqual(before);
  });

  test('leaves nothing behind when it is closed', async () => {
    const repo = repository();
    forked(repo);
    const scratchFolder = cleanup.folder();
    const judged = present(await openRepository({ checkout: repo.folder, scratchFolder, people }));
    expect(readdirSync(scratchFolder)).toHaveLength(1);
    await judged.close();
    expect(readdirSync(scratchFolder)).toEqual([]);
  });
});

describe('A revision', () => {
  test('may be a branch, a tag, an id, a short id or HEAD, with steps behind it', async () => {
    const repo = repository();
    const { fork, base, head } = forked(repo);
    repo.git('tag', '-a', '-m', 'a tag', 'v1', head);
    repo.git('update-ref', 'refs/remotes/origin/main', base);
    const judged = await opened(cleanup, { checkout: repo.folder });
    expect(await judged.resolve('feature')).toBe(head);
    expect(await judged.resolve('refs/heads/feature')).toBe(head);
    expect(await judged.resolve('v1')).toBe(head);
    expect(await judged.resolve('origin/main')).toBe(base);
    expect(await judged.resolve(head)).toBe(head);
    expect(await judged.resolve(head.slice(0, 9))).toBe(head);
    expect(await judged.resolve('HEAD')).toBe(base);
    expect(await judged.resolve('main~2')).toBe(fork);
    expect(await judged.resolve('v1^')).toBe(fork);
    expect(await judged.resolve('feature^1~0')).toBe(fork);
  });

  test.each([
    ['nowhere', 'The revision could not be read: no branch, tag or commit `nowhere` is known here.'],
    [
      'main~99',
      'The revision could not be read: `main~99` leads to no commit: the history is shorter, or the id names something else.',
    ],
    [
      '--output=/tmp/x',
      'The revision could not be read: `--output=/tmp/x` is no revision: give a branch, a tag or a commit id.',
    ],
    [
      'main:a.txt',
      'The revision could not be read: `main:a.txt` is no revision: give a branch, a tag or a commit id.',
    ],
    [
      'main\n::error::x',
      'The revision could not be read: `main ::error::x` is no revision: give a branch, a tag or a commit id.',
    ],
    ['', 'The revision could not be read: `` is no revision: give a branch, a tag or a commit id.'],
    [
      '1'.repeat(40),
      `The revision could not be read: commit ${'1'.repeat(40)} of \`${'1'.repeat(40)}\` could not be had: there is no remote to fetch it from.`,
    ],
  ])('%j that leads nowhere is answered with a sentence', async (revision, sentence) => {
    const repo = repository();
    forked(repo);
    const judged = await opened(cleanup, { checkout: repo.folder });
    expect(await judged.resolve(revision)).toEqual({ unavailable: sentence });
  });
});

describe('A repository that cannot be opened', () => {
  test('says that there is none', async () => {
    expect(await openRepository({ scratchFolder: cleanup.folder(), people })).toEqual({
      unavailable: 'No repository to read: neither a checkout nor a remote address was given.',
    });
  });

  test('names the folder that does not exist', async () => {
    expect(
      await openRepository({ checkout: '/nonexistent', scratchFolder: cleanup.folder(), people }),
    ).toEqual({
      unavailable: 'The repository in /nonexistent could not be opened: there is no such folder.',
    });
  });

  test('says that a file is none', async () => {
    const file = join(cleanup.folder(), 'a.txt');
    writeFileSync(file, '');
    expect(await openRepository({ checkout: file, scratchFolder: cleanup.folder(), people })).toEqual({
      unavailable: `The repository in ${file} could not be opened: it is a file: name the folder of a repository.`,
    });
  });

  test('says that there is no commit yet', async () => {
    const repo = repository();
    const judged = await opened(cleanup, { checkout: repo.folder });
    expect(await judged.resolve('HEAD')).toEqual({
      unavailable: `The revision could not be read: the repository in ${realpathSync(repo.folder)} has no commit yet: make a first one, or name another folder.`,
    });
  });

  test.skipIf(process.getuid?.() === 0)('names the folder that may not be entered', async () => {
    const folder = cleanup.folder();
    chmodSync(folder, 0);
    const repository = await openRepository({ checkout: folder, scratchFolder: cleanup.folder(), people });
    chmodSync(folder, 0o700);
    expect(repository).toEqual({
      unavailable: `The repository in ${folder} could not be opened: this user may not enter the folder: run as its owner, or give the permission to read it.`,
    });
  });

  test('names the folder that is no repository, and leaves nothing behind', async () => {
    const scratchFolder = cleanup.folder();
    const folder = realpathSync(cleanup.folder());
    expect(await openRepository({ checkout: folder, scratchFolder, people })).toEqual({
      unavailable: `The repository in ${folder} could not be opened: git rev-parse ended with 128: not a git repository (or any of the parent directories): .git — name the folder of a clone.`,
    });
    expect(readdirSync(scratchFolder)).toEqual([]);
  });

  test('has a partial clone without a remote, whose history is whole', async () => {
    const repo = repository();
    forked(repo);
    repo.git('config', 'uploadpack.allowFilter', 'true');
    const place = join(cleanup.folder(), 'partial');
    repo.git('clone', '-q', '--filter=blob:none', '--no-checkout', `file://${repo.folder}`, place);
    spawnSync('git', ['remote', 'remove', 'origin'], { cwd: place, env: fixedGitEnvironment });
    expect(await openRepository({ checkout: place, scratchFolder: cleanup.folder(), people })).toEqual({
      unavailable: `The repository in ${place} could not be opened: it is a partial clone, which leaves files out, and has no \`origin\` to fetch them from: name it again (git remote add origin URL), or clone it whole.`,
    });
  });

  test('has a shallow checkout without a remote', async () => {
    const repo = repository();
    forked(repo);
    const place = join(cleanup.folder(), 'shallow');
    repo.git('clone', '-q', '--depth=1', `file://${repo.folder}`, place);
    spawnSync('git', ['remote', 'remove', 'origin'], { cwd: place, env: fixedGitEnvironment });
    expect(await openRepository({ checkout: place, scratchFolder: cleanup.folder(), people })).toEqual({
      unavailable: `The repository in ${place} could not be opened: it is shallow and has no \`origin\`, so its history ends early: fetch it whole (fetch-depth: 0).`,
    });
  });
});

describe('A hostile checkout', () => {
  /** A program that leaves a file when it runs, named in every setting that could start one. */
  function hostile() {
    const repo = repository();
    const ids = forked(repo);
    const traces = cleanup.folder();
    const script = join(cleanup.folder(), 'evil.sh');
    writeFileSync(script, `#!/bin/sh\necho "$0 $*" >> ${traces}/ran\ncat 2>/dev/null\n`);
    chmodSync(script, 0o755);
    const hooks = join(repo.gitDirectory, 'hooks');
    mkdirSync(hooks, { recursive: true });
    for (const hook of [
      'post-checkout',
      'reference-transaction',
      'pre-auto-gc',
      'post-index-change',
      'fsmonitor-watchman',
    ]) {
      writeFileSync(join(hooks, hook), `#!/bin/sh\nexec ${script} ${hook}\n`);
      chmodSync(join(hooks, hook), 0o755);
    }
    writeFileSync(
      join(repo.folder, 'included'),
      `[core]\n\talternateRefsCommand = ${script}\n[uploadpack]\n\tpackObjectsHook = ${script}\n`,
    );
    const settings = [
      ['core.fsmonitor', script],
      ['core.hooksPath', hooks],
      ['core.pager', script],
      ['core.editor', script],
      ['core.askPass', script],
      ['core.sshCommand', script],
      ['core.gitProxy', script],
      ['core.attributesFile', join(repo.folder, 'attributes')],
      ['diff.external', script],
      ['diff.evil.command', script],
      ['diff.evil.textconv', script],
      ['diff.evil.binary', 'true'],
      ['filter.evil.clean', script],
      ['filter.evil.smudge', script],
      ['filter.evil.process', script],
      ['merge.evil.driver', script],
      ['credential.helper', script],
      ['alias.rev-parse', `!${script}`],
      ['alias.diff-tree', `!${script}`],
      ['protocol.ext.allow', 'always'],
      ['include.path', join(repo.folder, 'included')],
      ['gpg.program', script],
      ['log.showSignature', 'true'],
      ['diff.renames', 'false'],
      ['diff.noprefix', 'true'],
    ];
    for (const [key, value] of settings) repo.git('config', key ?? '', value ?? '');
    const attributes =
      '* diff=evil filter=evil merge=evil text working-tree-encoding=UTF-16 ident\n*.sql binary\n';
    mkdirSync(join(repo.gitDirectory, 'info'), { recursive: true });
    writeFileSync(join(repo.gitDirectory, 'info', 'attributes'), attributes);
    const tip = repo.commit(
      { '.gitattributes': attributes, 'sql/2.sql': 'drop table t;\n' },
      { branch: 'feature' },
    );
    const moved = repo.commit({ 'sql/1.sql': 'select 1;\n-- base\n' });
    // Building it has run some of them.
    rmSync(join(traces, 'ran'), { force: true });
    return { repo, ...ids, base: moved, head: tip, approved: ids.head, ran: () => readdirSync(traces) };
  }

  test('runs no program of its choosing and hides no file', async () => {
    const { repo, base, head, approved, ran } = hostile();
    const before = fingerprintOf(repo.folder);
    vi.stubEnv('GIT_EXTERNAL_DIFF', '/nonexistent/evil');
    vi.stubEnv('GIT_DIR', '/nonexistent');
    vi.stubEnv('GIT_CONFIG_COUNT', '1');
    vi.stubEnv('GIT_CONFIG_KEY_0', 'diff.external');
    vi.stubEnv('GIT_CONFIG_VALUE_0', '/nonexistent/evil');
    const judged = await opened(cleanup, { checkout: repo.folder });
    const change = present(await judged.readChange({ base, head, baseName: 'main' }));
    expect(change.files.map(({ path, isBinary, added }) => [path, isBinary, added.length])).toEqual([
      ['.gitattributes', false, 1],
      ['new.txt', false, 1],
      ['sql/1.sql', false, 1],
      ['sql/2.sql', false, 1],
    ]);
    const content = await judged.readFile(head, 'sql/2.sql');
    expect(Buffer.from(content as Uint8Array).toString()).toBe('drop table t;\n');
    expect(await judged.unreviewedTail({ base, head, approved })).toMatchObject({
      addedLines: 3,
      deletedLines: 0,
    });
    present(await judged.hunksBetween(base, head));
    expect(ran()).toEqual([]);
    expect(fingerprintOf(repo.folder)).toEqual(before);
  });

  test.each([
    ['an ext:: address', (script: string) => `ext::${script} %S`],
    ['an address that is an option', (script: string) => `--upload-pack=${script}`],
    ['an ssh address whose host is an option', (script: string) => `ssh://-oProxyCommand=${script}/a`],
  ])('with %s as origin runs nothing and says what failed', async (_, address) => {
    const { repo, ran } = hostile();
    const script = join(cleanup.folder(), 'evil.sh');
    writeFileSync(script, `#!/bin/sh\ntouch ${script}.ran\n`);
    chmodSync(script, 0o755);
    repo.git('config', 'remote.origin.url', address(script));
    const judged = await opened(cleanup, { checkout: repo.folder });
    const [lost] = await judged.ensureCommits(['1'.repeat(40)]);
    expect(lost?.reason).toMatch(/^git fetch ended with 128: /);
    expect(ran()).toEqual([]);
    expect(readdirSync(join(script, '..'))).toEqual(['evil.sh']);
  });

  test('cannot send a fetch elsewhere, nor learn the token', async () => {
    const { repo, fork, ran } = hostile();
    const real = repository({ bare: true });
    const wanted = real.commit({ 'w.txt': 'w\n' });
    const good = cleanup.add(await serveGitRepository(real.gitDirectory), (server) => server.close());
    const evil = cleanup.add(await serveGitRepository(real.gitDirectory), (server) => server.close());
    const place = new URL('/', evil.url).href;
    repo.git('config', `url.${place}.insteadOf`, new URL('/', good.url).href);
    repo.git('config', 'http.proxy', place);
    repo.git('config', 'remote.origin.url', evil.url);
    const judged = await opened(cleanup, {
      checkout: repo.folder,
      remote: { url: good.url, token: 's3cret' },
    });
    expect(await judged.ensureCommits([wanted, fork])).toEqual([]);
    expect(good.requests).not.toEqual([]);
    expect(evil.requests).toEqual([]);
    expect(ran()).toEqual([]);
  });

  test('gives no token to its own origin, which anything that ran in it can have set', async () => {
    const { repo } = hostile();
    const server = cleanup.add(await serveGitRepository(repo.gitDirectory), (one) => one.close());
    repo.git('config', 'remote.origin.url', server.url);
    vi.stubEnv('GITHUB_TOKEN', 's3cret');
    const judged = await opened(cleanup, { checkout: repo.folder });
    await judged.ensureCommits(['1'.repeat(40)]);
    expect(server.authorizations).not.toEqual([]);
    expect(server.authorizations.filter(Boolean)).toEqual([]);
  });

  test('that hides that it is shallow gets no wrong merge base', async () => {
    const repo = repository();
    const root = repo.commit({ 'a.txt': 'a\n' });
    repo.commit({ 's.txt': 's\n' }, { branch: 'side', parents: [root] });
    repo.commit({ 'b.txt': 'b\n' });
    repo.commit({ 'x.txt': 'x\n' }, { branch: 'feature', parents: ['main'] });
    for (let index = 0; index < 5; index += 1) {
      repo.commit({ 'b.txt': `${index}\n` });
      repo.commit({ 'x.txt': `${index}\n` }, { branch: 'feature' });
    }
    const base = repo.merge('main', 'side');
    const head = repo.commit({ 'y.txt': 'y\n' }, { branch: 'feature', parents: ['feature', 'side'] });
    const place = join(cleanup.folder(), 'shallow');
    repo.git('clone', '-q', '--no-single-branch', '--depth=3', `file://${repo.folder}`, place);
    rmSync(join(place, '.git', 'shallow'));
    const judged = await opened(cleanup, { checkout: place });
    expect(await judged.mergeBase(base, head)).toEqual({
      unavailable: `The merge base could not be read: the history of ${base} and ${head} ends early, so their merge base would be a guess: it has to come from a complete repository.`,
    });
  });

  test('cannot bend history by replaced objects or grafts', async () => {
    const repo = repository();
    const { fork, base, head } = forked(repo);
    const other = repo.commit({ 'x.txt': 'x\n' }, { branch: 'other', parents: [] });
    const twin = repo.git('commit-tree', '-p', other, '-m', 'replaced', `${head}^{tree}`);
    repo.git('replace', head, twin);
    writeFileSync(join(repo.gitDirectory, 'info', 'grafts'), `${head} ${other}\n${base}\n`);
    expect(repo.git('log', '-1', '--format=%P', head)).toBe(other);
    const judged = await opened(cleanup, { checkout: repo.folder });
    expect(await judged.parentsOf(head)).toEqual([fork]);
    expect(await judged.mergeBase(base, head)).toBe(fork);
    expect(await judged.resolve('feature~1')).toBe(fork);
    expect(await judged.resolve('main~2')).toBe(fork);
  });
});
