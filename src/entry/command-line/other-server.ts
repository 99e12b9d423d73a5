import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectCheckout } from '../../collect/git/checkout.ts';
import { hardenedEnvironment } from '../../collect/git/git-environment.ts';
import { gitHubPlace } from '../../collect/history/github-name.ts';

/**
 * The host that a clone's `origin` is on when that is neither github.com nor GitHub's cloud of an enterprise: likely a
 * GitHub Enterprise Server. `undefined` too when there is no origin, its address is a local alias, or git cannot be run.
 */
export async function otherServer(repository: string): Promise<string | undefined> {
  const home = mkdtempSync(join(tmpdir(), 'review-vitals-'));
  try {
    const { origin } = await inspectCheckout(repository, hardenedEnvironment({ home }));
    const host = origin === undefined ? undefined : gitHubPlace(origin)?.host;
    return host?.includes('.') && !/(?:^|\.)(?:github\.com|ghe\.com)$/.test(host) ? host : undefined;
  } catch {
    return undefined;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
