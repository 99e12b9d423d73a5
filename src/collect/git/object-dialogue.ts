import { spawn } from 'node:child_process';
import { explainStandardError, GitFailure } from './git-failure.ts';
import type { Environment } from './git-process.ts';
import type { BatchObject } from './object-batch.ts';

/** What git says of an object without giving its content. */
export interface ObjectInfo {
  readonly type: string;
  readonly bytes: number;
}

/** Questions to one git process that stays: a process of its own for each would cost more than the answer. */
export interface ObjectDialogue {
  /** By id; objects that are not here are absent. */
  inspect(ids: readonly string[]): Promise<ReadonlyMap<string, ObjectInfo>>;
  /** With content, in the order asked; objects that are not here are left out. */
  read(ids: readonly string[]): Promise<readonly BatchObject[]>;
  /** Ends the processes. */
  close(): void;
}

export interface DialogueOptions {
  readonly cwd: string;
  readonly env: Environment;
  readonly secrets: readonly string[];
}

/** Up to this many objects, a process that is there already answers sooner than a new one that answers all in one go. */
export const askedInTurn = 200;
/** Silence for longer than this ends the process. */
const silentSeconds = 120;
/** An object above this is never asked for without knowing its size first. */
const largestObject = 256 * 1024 * 1024;

/**
 * `git cat-file --batch-check` and `--batch`, each started when first asked. What is fetched later is found too: git
 * looks for new packs when an object is not in those it knows. Ids are full ones. Rejects with `GitFailure`.
 */
export function createObjectDialogue(options: DialogueOptions): ObjectDialogue {
  const check = createSpeaker(options, '--batch-check');
  const batch = createSpeaker(options, '--batch');
  return {
    inspect: async (ids) => {
      const answers = await check.ask(ids);
      return new Map(answers.map(({ id, type, bytes }) => [id, { type, bytes }]));
    },
    read: async (ids) => {
      const answers = await batch.ask(ids);
      return answers.map(({ id, type, content }) => ({ id, type, content }));
    },
    close() {
      check.close();
      batch.close();
    },
  };
}

interface Answer extends BatchObject, ObjectInfo {}

interface Question {
  left: number;
  readonly answers: Answer[];
  readonly resolve: (answers: readonly Answer[]) => void;
  readonly reject: (error: Error) => void;
}

interface Speaker {
  ask(ids: readonly string[]): Promise<readonly Answer[]>;
  close(): void;
}

const nothing = new Uint8Array();

function createSpeaker(options: DialogueOptions, mode: '--batch-check' | '--batch'): Speaker {
  let current: { readonly write: (text: string) => void; readonly end: () => void } | undefined;
  let isClosed = false;
  const waiting: Question[] = [];

  function start(): NonNullable<typeof current> {
    const child = spawn('git', ['cat-file', mode], {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let errors = '';
    let silence: NodeJS.Timeout | undefined;
    let isOver = false;
    const reader = createAnswerReader(mode === '--batch', (answer) => {
      const question = waiting[0];
      if (!question) return;
      if (answer) question.answers.push(answer);
      question.left -= 1;
      if (question.left > 0) return;
      waiting.shift();
      question.resolve(question.answers);
    });

    /** What was asked gets the failure; the next question starts a new process. */
    function fail(error: Error): void {
      if (isOver) return;
      isOver = true;
      clearTimeout(silence);
      if (current === speaker) current = undefined;
      kill();
      for (const question of waiting.splice(0)) question.reject(error);
    }

    function kill(): void {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    }

    function listenFor(): void {
      clearTimeout(silence);
      if (waiting.length === 0 || isOver) return;
      silence = setTimeout(
        () => fail(new GitFailure(`git cat-file said nothing for ${silentSeconds} seconds and was ended`)),
        silentSeconds * 1000,
      );
    }

    child.stdout.on('data', (chunk: Buffer) => {
      if (isOver) return;
      try {
        reader(chunk);
        listenFor();
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < 64 * 1024) errors += chunk.toString('utf8');
    });
    child.on('error', (error) =>
      fail(new GitFailure(`git could not be started (${error.message}): is it installed and on the PATH?`)),
    );
    child.on('close', (code) =>
      fail(
        new GitFailure(
          `git cat-file ended with ${code ?? -1}: ${explainStandardError(errors, options.secrets)}`,
        ),
      ),
    );
    // A process that ends early breaks the pipe; its end tells more.
    child.stdin.on('error', () => undefined);
    const speaker = {
      write(text: string) {
        child.stdin.write(text);
        listenFor();
      },
      end() {
        fail(new GitFailure('the repository was closed'));
      },
    };
    return speaker;
  }

  return {
    ask(ids) {
      if (ids.length === 0) return Promise.resolve([]);
      if (isClosed) return Promise.reject(new GitFailure('the repository was closed'));
      return new Promise((resolve, reject) => {
        waiting.push({ left: ids.length, answers: [], resolve, reject });
        current ??= start();
        current.write(`${ids.join('\n')}\n`);
      });
    },
    close() {
      isClosed = true;
      current?.end();
    },
  };
}

/**
 * Takes the output piece by piece and hands over one answer after the other; undefined for an object that is not here.
 * Sizes decide where a content ends, so content cannot pose as an answer.
 */
function createAnswerReader(
  withContent: boolean,
  take: (answer: Answer | undefined) => void,
): (chunk: Buffer) => void {
  let header = '';
  let object:
    | { readonly id: string; readonly type: string; readonly bytes: Buffer; filled: number }
    | undefined;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (object) {
        const { bytes } = object;
        const count = chunk.copy(bytes, object.filled, at, at + bytes.length - object.filled);
        object.filled += count;
        at += count;
        if (object.filled < bytes.length) return;
        // The newline behind the content is part of the buffer.
        take({
          id: object.id,
          type: object.type,
          bytes: bytes.length - 1,
          content: bytes.subarray(0, bytes.length - 1),
        });
        object = undefined;
        continue;
      }
      const end = chunk.indexOf(0x0a, at);
      header += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
      if (end < 0) return;
      at = end + 1;
      const [id = '', type = '', size] = header.split(' ');
      header = '';
      if (size === undefined) take(undefined);
      else if (!withContent) take({ id, type, bytes: Number(size), content: nothing });
      else if (Number(size) <= largestObject)
        object = { id, type, bytes: Buffer.allocUnsafe(Number(size) + 1), filled: 0 };
      else throw new GitFailure(`object ${id} is larger than ${largestObject / 1024 / 1024} MB`);
    }
  };
}
