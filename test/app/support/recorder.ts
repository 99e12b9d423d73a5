import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Pull {
  /** What a job finds when it asks, as it would find the head on GitHub. */
  head: number;
  judgedHead: number;
  judged: number;
  comments: number;
  /** Runs under way, by the process they are in. */
  readonly running: Map<string, number>;
}

export interface Recorder {
  readonly url: string;
  pull(key: string): Readonly<Omit<Pull, 'running'>>;
  keys(): readonly string[];
  push(key: string): void;
  /** Processes that judge it now. */
  runs(key: string): readonly number[];
  /** Runs of one pull request that overlapped in processes that were alive. */
  overlaps(): number;
  /** Jobs begun and not yet ended. */
  running(): number;
  /** A killed process runs nothing any more. */
  forget(pid: number): void;
  /** Jobs that begin from now on wait until they are let go. */
  hold(): void;
  letGo(): void;
  /** Milliseconds a job takes from now on. */
  slow(milliseconds: number): void;
  /** The next so many jobs fail. */
  fail(times: number): void;
  stop(): Promise<void>;
}

/** Stands where GitHub is for jobs that only tell what they do. */
export async function startRecorder(): Promise<Recorder> {
  const pulls = new Map<string, Pull>();
  let overlaps = 0;
  let takes = 5;
  let failures = 0;
  let gate = Promise.withResolvers<void>();
  gate.resolve();

  function pull(key: string): Pull {
    const known = pulls.get(key) ?? { head: 0, judgedHead: -1, judged: 0, comments: 0, running: new Map() };
    pulls.set(key, known);
    return known;
  }

  function answer(path: string, body: Record<string, unknown>): object {
    const of = pull(String(body.key));
    const run = String(body.run);
    switch (path) {
      case '/begin': {
        if (of.running.size > 0) overlaps += 1;
        of.running.set(run, Number(body.pid));
        const fails = failures > 0;
        if (fails) {
          failures -= 1;
          of.running.delete(run);
        }
        return { head: of.head, takes, fails };
      }
      case '/look':
        return { comments: of.comments };
      case '/comment':
        of.comments += 1;
        return {};
      default:
        of.running.delete(run);
        of.judged += 1;
        of.judgedHead = Number(body.head);
        return {};
    }
  }

  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const path = request.url ?? '';
    const reply = JSON.stringify(answer(path, JSON.parse(text) as Record<string, unknown>));
    if (path === '/begin') await gate.promise;
    response.end(reply);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pull,
    keys: () => [...pulls.keys()],
    push: (key) => {
      pull(key).head += 1;
    },
    runs: (key) => [...pull(key).running.values()],
    overlaps: () => overlaps,
    running: () => [...pulls.values()].reduce((sum, { running }) => sum + running.size, 0),
    forget(pid) {
      for (const { running } of pulls.values()) {
        for (const [run, of] of running) if (of === pid) running.delete(run);
      }
    },
    hold: () => {
      gate = Promise.withResolvers<void>();
    },
    letGo: () => gate.resolve(),
    slow: (milliseconds) => {
      takes = milliseconds;
    },
    fail: (times) => {
      failures = times;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
