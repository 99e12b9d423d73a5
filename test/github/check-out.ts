import { execFileSync } from 'node:child_process';
import { gitEnvironment } from './git/run-git.ts';
import type { GitHub } from './start-github.ts';

export interface CheckOut {
  readonly github: Pick<GitHub, 'url'>;
  readonly repository: string;
  readonly sha: string;
  readonly ref: string;
  readonly token: string;
  readonly folder: string;
  /** 0 is everything. */
  readonly fetchDepth: number;
}

/** Leaves a folder as actions/checkout leaves it, the token in the repository's configuration included. */
export function checkOut({ github, repository, sha, ref, token, folder, fetchDepth }: CheckOut): void {
  const git = (...args: string[]): void => {
    execFileSync('git', args, {
      cwd: folder,
      env: { ...gitEnvironment, GIT_CONFIG_GLOBAL: '/dev/null' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  };
  git('init', '-q', '.');
  git('remote', 'add', 'origin', `${github.url}/${repository}`);
  git('config', '--local', 'gc.auto', '0');
  if (token !== '') {
    const credentials = Buffer.from(`x-access-token:${token}`).toString('base64');
    git('config', '--local', `http.${github.url}/.extraheader`, `AUTHORIZATION: basic ${credentials}`);
  }
  const fetch = ['-c', 'protocol.version=2', 'fetch', '--no-tags', '--prune', '--no-recurse-submodules'];
  const pull = /^refs\/pull\/(.+)$/.exec(ref)?.[1];
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  const local = pull === undefined ? `refs/remotes/origin/${branch}` : `refs/remotes/pull/${pull}`;
  if (fetchDepth > 0) git(...fetch, `--depth=${fetchDepth}`, 'origin', `+${sha}:${local}`);
  else {
    const wanted = pull === undefined ? [] : [`+${sha}:${local}`];
    git(
      ...fetch.filter((arg) => arg !== '--no-tags'),
      'origin',
      '+refs/heads/*:refs/remotes/origin/*',
      '+refs/tags/*:refs/tags/*',
      ...wanted,
    );
  }
  if (pull !== undefined || branch?.startsWith('gh-readonly-queue/') === true)
    git('checkout', '--progress', '--force', local);
  else git('checkout', '--progress', '--force', '-B', branch ?? 'main', local);
}
