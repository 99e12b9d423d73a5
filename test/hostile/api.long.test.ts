import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runAction } from '../github/run-action.ts';
import { startGitHub } from '../github/start-github.ts';
import { repository } from '../support/end-to-end.ts';
import { type HostileApi, hostileApis, jobPermissions, type Payload, usual } from './api.ts';
import { obeyedCommands } from './obeyed-commands.ts';

/** Commands the Action itself gives the runner; their data is escaped and may hold anything. */
const ours = new Set(['add-mask', 'debug', 'error', 'notice', 'warning']);
/** Seconds a run may take: a budget of 90 for rate limits, and its own work. */
const budget = 150;

describe('the Action comes back and says what it could not do where', () => {
  it.each(hostileApis)('$title', async (hostile) => {
    const github = await startGitHub(hostile.scenario ?? usual);
    try {
      const event = await github.event(hostile.event ?? 'pull_request', {
        repository,
        number: 7,
        action: hostile.action ?? 'synchronize',
      });
      const payload = structuredClone(event.payload) as Payload;
      hostile.payload?.(payload);
      const token = await github.token(hostile.permissions ?? jobPermissions);
      await hostile.meanwhile?.(github);
      for (const fault of hostile.faults ?? []) {
        await github.fault({
          ...fault,
          ...(fault.message && { message: fault.message.replaceAll('{token}', token) }),
        });
      }
      const run = await runAction({
        github,
        event: { ...event, payload },
        token,
        timeout: budget * 1000,
        // The checkout was made before GitHub went out of order.
        workspace: 'empty',
        ...(hostile.inputs && { inputs: hostile.inputs }),
      });
      await github.clearFaults();
      const printed = `${run.stdout}\n${run.stderr}`;
      const words = `${printed}\n${run.summary}`;
      expect(run.exitCode, printed.slice(-3_000)).toBe(0);
      expect(printed).not.toMatch(/^\s+at .+[:(]\d+/m);
      for (const command of obeyedCommands(printed)) expect(ours).toContain(command.name);
      const visible = words.replace(/^::add-mask::.*$/gm, '').replace(/^::debug::.*$/gm, '');
      expect(visible).not.toContain(token);
      expect(visible).not.toContain(Buffer.from(`x-access-token:${token}`).toString('base64'));
      if (hostile.says !== undefined) expect(words).toMatch(asPattern(hostile.says));
      expect(Number(run.outputs.findings ?? 0) > 0).toBe(hostile.findsNothing !== true);
      await expectConversation(github, hostile);
      expect(readdirSync(run.workspace).filter((name) => name !== '.git')).toEqual([]);
      run.clean();
    } finally {
      await github.stop();
    }
  });
});

function asPattern(says: string | RegExp): RegExp {
  return typeof says === 'string' ? new RegExp(says.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : says;
}

async function expectConversation(
  github: Awaited<ReturnType<typeof startGitHub>>,
  { leaves }: HostileApi,
): Promise<void> {
  if (!leaves) return;
  const pull = await github.pull(repository, 7);
  const own = pull.comments.filter(({ by }) => by === 'github-actions[bot]');
  const threads = pull.threads.filter(({ comments }) => comments[0]?.by === 'github-actions[bot]');
  expect({ summaries: own.length, threads: threads.length }).toEqual(leaves);
}
