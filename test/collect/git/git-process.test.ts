import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { hardenedEnvironment, networkEnvironment } from '../../../src/collect/git/git-environment.ts';
import { explainStandardError, quoteSafely, redact } from '../../../src/collect/git/git-failure.ts';
import { runGit } from '../../../src/collect/git/git-process.ts';
import { fixedGitEnvironment } from '../../support/git-repository.ts';

const run = { cwd: tmpdir(), env: fixedGitEnvironment };

describe('A git process', () => {
  test('gives its output byte for byte', async () => {
    const { stdout } = await runGit({ ...run, args: ['-c', 'alias.raw=!printf "\\377\\000a"', 'raw'] });
    expect([...stdout]).toEqual([0xff, 0, 0x61]);
  });

  test('that takes too long is ended with everything it started', async () => {
    const marker = `sleep 30.${process.pid}`;
    const started = Date.now();
    await expect(
      runGit({ ...run, args: ['-c', `alias.wait=!${marker} & ${marker}`, 'wait'], seconds: 0.3 }),
    ).rejects.toThrow('git wait took longer than 0.3 seconds and was ended');
    expect(Date.now() - started).toBeLessThan(5000);
    const { stdout } = await runGit({
      ...run,
      args: ['-c', `alias.ps=!ps -eo args | grep -c "^${marker}" || true`, 'ps'],
    });
    expect(stdout.toString().trim()).toBe('0');
  });

  test('that writes too much is ended', async () => {
    await expect(
      runGit({ ...run, args: ['-c', 'alias.flood=!yes', 'flood'], maxBytes: 3 * 1024 * 1024 }),
    ).rejects.toThrow('git flood wrote more than 3 MB and was ended');
  });

  test('that floods its error output is not stopped by it', async () => {
    const { code, stderr } = await runGit({
      ...run,
      args: ['-c', 'alias.noise=!yes | head -c 3000000 >&2', 'noise'],
    });
    expect(code).toBe(0);
    expect(stderr.length).toBeLessThan(200_000);
  });

  test('that fails says what, and how it ended', async () => {
    await expect(runGit({ ...run, args: ['cat-file', '-e', 'nothing'] })).rejects.toThrow(
      /^git cat-file ended with 128: not a git repository/i,
    );
  });

  test('that cannot start says so', async () => {
    await expect(runGit({ ...run, env: { PATH: '/nonexistent' }, args: ['version'] })).rejects.toThrow(
      'git could not be started (spawn git ENOENT): is it installed and on the PATH?',
    );
  });
});

describe('A sentence about a failure', () => {
  test('holds no secret, no control character and no credentials of an address', () => {
    expect(redact('fatal: https://x-access-token:s3cret@host/a s3cret', ['s3cret'])).toBe(
      'fatal: https://***@host/a ***',
    );
    expect(quoteSafely('a\n::error::b\u001b[31m\u202e', [])).toBe('a ::error::b [31m');
    expect(
      explainStandardError(
        "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
        [],
      ),
    ).toBe(
      "could not read Username for 'https://github.com': terminal prompts disabled — the server wants other credentials: give a token with contents: read",
    );
  });
});

describe('The environment of git', () => {
  const caller = {
    PATH: '/bin',
    HOME: '/home/ada',
    GIT_DIR: '/evil',
    GIT_EXTERNAL_DIFF: 'evil',
    GIT_SSH_COMMAND: 'evil',
    XDG_CONFIG_HOME: '/x',
  };

  test('takes nothing of GIT_* from the caller', () => {
    const environment = hardenedEnvironment({ home: '/scratch', caller });
    expect(Object.values(environment).filter((value) => value.includes('evil'))).toEqual([]);
    expect(environment).not.toHaveProperty('GIT_DIR');
    expect(environment.HOME).toBe('/scratch');
  });

  test('has the home of the user, and still no GIT_*, when the user is trusted', () => {
    const local = hardenedEnvironment({ home: '/scratch', caller });
    const environment = networkEnvironment(local, { url: 'https://host/a' }, true, caller);
    expect(environment.HOME).toBe('/home/ada');
    expect(environment).not.toHaveProperty('GIT_CONFIG_GLOBAL');
    expect(environment).not.toHaveProperty('GIT_DIR');
    expect(Object.values(environment)).not.toContain('evil');
    expect(environment.GIT_TERMINAL_PROMPT).toBe('0');
  });

  test('binds a token to the origin of the remote, and gives it to no other protocol', () => {
    const local = hardenedEnvironment({ home: '/scratch', caller });
    expect(networkEnvironment(local, { url: 'https://host:8443/a/b.git', token: 't' }, false)).toMatchObject({
      GIT_CONFIG_KEY_1: 'http.https://host:8443/.extraheader',
      GIT_CONFIG_VALUE_1: 'AUTHORIZATION: basic eC1hY2Nlc3MtdG9rZW46dA==',
    });
    expect(networkEnvironment(local, { url: 'ssh://host/a', token: 't' }, false)).not.toHaveProperty(
      'GIT_CONFIG_COUNT',
    );
  });
});
