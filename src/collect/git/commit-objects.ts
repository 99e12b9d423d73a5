import type { Commit, CommitId } from '../../core/change.ts';
import type { People } from '../people.ts';
import { parseObjectBatch } from './object-batch.ts';
import { askedInTurn } from './object-dialogue.ts';
import type { ScratchRepository } from './scratch-repository.ts';

/** The fields of a commit object that are used. The raw object knows its true parents; grafts and shallow marks do not. */
export interface CommitObject {
  readonly tree: string;
  readonly parents: readonly CommitId[];
  readonly authorEmail: string;
  /** Seconds since 1970; 0 when the object has no readable date. */
  readonly committedAt: number;
  readonly message: string;
}

export async function readCommitObjects(
  scratch: ScratchRepository,
  ids: readonly CommitId[],
): Promise<ReadonlyMap<CommitId, CommitObject>> {
  const commits = new Map<CommitId, CommitObject>();
  for (const { id, type, content } of await readObjects(scratch, ids)) {
    if (type === 'commit') commits.set(id, parseCommitObject(content));
  }
  return commits;
}

async function readObjects(scratch: ScratchRepository, ids: readonly string[]) {
  if (ids.length <= askedInTurn) return scratch.objects.read(ids);
  const { stdout } = await scratch.run(['cat-file', '--batch', '--buffer'], {
    input: `${ids.join('\n')}\n`,
    maxBytes: 256 * 1024 * 1024,
  });
  return parseObjectBatch(stdout);
}

/** Reads a raw commit object. Missing or broken headers become empty values: anybody can write such objects. */
export function parseCommitObject(content: Uint8Array): CommitObject {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const end = bytes.indexOf('\n\n');
  const headers = bytes
    .subarray(0, end < 0 ? bytes.length : end)
    .toString('utf8')
    .split('\n');
  const value = (name: string) =>
    headers.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
  const seconds = Number(/> (\d{1,12}) [+-]\d{4}$/.exec(value('committer'))?.[1] ?? 0);
  return {
    tree: value('tree'),
    parents: headers.filter((line) => line.startsWith('parent ')).map((line) => line.slice('parent '.length)),
    authorEmail: /<([^<>]*)>[^<>]*$/.exec(value('author'))?.[1]?.trim() ?? '',
    committedAt: seconds,
    message: end < 0 ? '' : decode(bytes.subarray(end + 2), value('encoding')),
  };
}

export function toCommit(id: CommitId, object: CommitObject, people: People): Commit {
  const { subject, body, coAuthors } = readMessage(object.message);
  return {
    id,
    parents: object.parents,
    author: people({ email: object.authorEmail }),
    ...(coAuthors.length > 0 ? { coAuthors: coAuthors.map((email) => people({ email })) } : {}),
    committedAt: isoTime(object.committedAt),
    subject,
    body,
  };
}

interface Message {
  readonly subject: string;
  readonly body: string;
  /** Addresses of the `Co-authored-by` trailers. */
  readonly coAuthors: readonly string[];
}

/** "Signed-off-by: Ada <ada@example.test>", "Cc: …": any such line names a person, so none of them is handed on. */
const personLine = /^([\w-]{1,60}):[^<\n]{0,400}<([^<>\n]{0,400})>\s*$/;

function readMessage(message: string): Message {
  const coAuthors: string[] = [];
  const lines = message.split(/\r?\n/).filter((line) => {
    const [, trailer, email] = personLine.exec(line) ?? [];
    if (trailer?.toLowerCase() === 'co-authored-by' && email) coAuthors.push(email.trim());
    return trailer === undefined;
  });
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return { subject: '', body: '', coAuthors };
  // git's subject is the whole first paragraph, joined by spaces.
  const blank = lines.findIndex((line, index) => index > first && line.trim() === '');
  const subject = lines.slice(first, blank < 0 ? undefined : blank);
  const body = blank < 0 ? [] : lines.slice(blank);
  return {
    subject: subject.map((line) => line.trim()).join(' '),
    body: body.join('\n').trim(),
    coAuthors,
  };
}

/** Seconds since 1970 as ISO 8601; a time that no calendar has becomes the first of them. */
export function isoTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return `${(Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString().slice(0, 19)}Z`;
}

function decode(bytes: Uint8Array, encoding: string): string {
  if (encoding === '') return new TextDecoder().decode(bytes);
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
