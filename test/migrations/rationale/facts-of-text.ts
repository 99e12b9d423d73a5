import type { Change, ChangedFile, Commit } from '../../../src/core/change.ts';
import type { MigrationFacts, MigrationFile } from '../../../src/core/migration-facts.ts';
import type { Person, PersonKey } from '../../../src/core/people.ts';
import type { PullRequest } from '../../../src/core/pull-request.ts';
import type { Sample } from './corpus.ts';
import { scene } from './scenes.ts';

export const human: Person = { key: 'a' as PersonKey, kind: 'human' };
export const bot: Person = { key: 'b' as PersonKey, kind: 'bot' };

export function commit(message: string, more: Partial<Commit> = {}): Commit {
  const [subject = '', ...rest] = message.split('\n');
  return {
    id: '1'.repeat(40),
    parents: ['2'.repeat(40)],
    author: human,
    committedAt: '2026-03-01T10:00:00Z',
    subject,
    body: rest.join('\n').trim(),
    ...more,
  };
}

export function changedFile(path: string, more: Partial<ChangedFile> = {}): ChangedFile {
  return {
    path,
    status: 'added',
    kind: 'file',
    isBinary: false,
    hunks: [],
    added: [{ start: 1, end: 20 }],
    deleted: [],
    ...more,
  };
}

export function changeOf(commits: readonly Commit[], files: readonly ChangedFile[]): Change {
  return {
    base: '3'.repeat(40),
    head: '1'.repeat(40),
    mergeBase: '3'.repeat(40),
    baseName: 'main',
    files,
    commits,
  };
}

export function pullRequest(more: Partial<PullRequest> = {}): PullRequest {
  return {
    number: 7,
    title: '',
    body: '',
    state: 'open',
    isDraft: false,
    author: human,
    isFromFork: false,
    isFirstContribution: false,
    baseBranch: 'main',
    headBranch: 'topic',
    labels: [],
    templates: [],
    ...more,
  };
}

export const template = `## What does this change and why?

<!-- Tell reviewers why the schema changes -->

## Checklist

- [ ] Migrations can be rolled back without losing rows
- [ ] I estimated how long writes are blocked
`;

export interface TextFacts {
  readonly change: Change;
  readonly migrations: MigrationFacts;
  readonly pullRequest: PullRequest;
}

/** A pull request in which nothing is written but the sample's text, in its place. */
export function factsOfText({
  scene: name,
  place,
  text,
}: Pick<Sample, 'scene' | 'place' | 'text'>): TextFacts {
  const plain = scene(name);
  const file: MigrationFile =
    place === 'file'
      ? {
          ...plain,
          comments: text
            .split('\n')
            .map((line, at) => ({ lines: { start: at + 1, end: at + 1 }, text: `-- ${line}` })),
        }
      : plain;
  const others = name === 'index-in-large-change' ? 30 : 1;
  const files = Array.from({ length: others }, (_, at) =>
    changedFile(`src/part-${at}.ts`, { status: 'modified' }),
  );
  return {
    change: changeOf(place === 'commit' ? [commit(text)] : [], [changedFile(file.path), ...files]),
    migrations: {
      files: [file],
      decisionRecords: place === 'record' ? [{ path: 'docs/adr/0014.md', text, isInChange: false }] : [],
    },
    pullRequest: pullRequest({ body: place === 'body' ? text : '', templates: [template] }),
  };
}
