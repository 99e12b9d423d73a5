/**
 * The fake GitHub as a process of its own.
 *
 * Usage: node test/github/server.ts [--seed scenario.json] [--port N]
 *
 * Prints its address as the first line of standard output and serves until it is ended.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { GitHubServer } from './http/github-server.ts';
import type { Scenario } from './scenario.ts';
import { applyScenario } from './state/seed.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, port: { type: 'string', default: '0' } },
});
const server = new GitHubServer();
const origin = await server.listen(Number(values.port));
if (values.seed !== undefined) {
  const scenario = JSON.parse(readFileSync(values.seed, 'utf8')) as Scenario;
  server.webhooks.quiet = true;
  applyScenario(server.state, scenario, dirname(values.seed));
  server.webhooks.quiet = false;
}
process.stdout.write(`${origin}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    server.close().then(() => process.exit(0));
  });
}
// Whoever started the server holds its standard input: when that ends, so does the server.
if (process.env.FAKE_GITHUB_FOLLOW_STDIN === '1') {
  process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume();
}
