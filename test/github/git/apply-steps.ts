import type { FileContent, GitStep } from '../scenario.ts';
import { resolveCommit } from './commits.ts';
import { mergeCommits, squashCommits } from './merge.ts';
import { readRef, writeRef } from './refs.ts';
import { git, gitBytes } from './run-git.ts';
import type { CommitAuthor } from './write-commit.ts';

export interface StepContext {
  readonly directory: string;
  readonly defaultBranch: string;
  /** Names given by `as`. */
  readonly names: Map<string, string>;
  /** Who wrote it and when; a step without a time gets the next second. */
  author(by: string | undefined, at: string | undefined): CommitAuthor;
}

/** Applies commits, branches, merges and resets to a bare repository, without a work tree. */
export function applyGitSteps(context: StepContext, steps: readonly GitStep[]): void {
  let batch: FastImport | undefined;
  const flush = (): void => {
    batch?.run();
    batch = undefined;
  };
  for (const step of steps) {
    if ('commit' in step) {
      batch ??= new FastImport(context);
      batch.commit(step);
      continue;
    }
    flush();
    applyRefStep(context, step);
  }
  flush();
}

function applyRefStep(context: StepContext, step: Exclude<GitStep, { commit: string }>): void {
  const { directory } = context;
  if ('merge' in step) {
    const into = commitNamed(context, step.into);
    const from = commitNamed(context, step.merge);
    const author = context.author(step.by, step.at);
    const make = step.squash === true ? squashCommits : mergeCommits;
    const merged = make(
      directory,
      into,
      from,
      step.message ?? `Merge ${step.merge} into ${step.into}`,
      author,
    );
    if (merged === undefined)
      throw new Error(`Scenario: ${step.merge} does not merge into ${step.into} without conflicts.`);
    writeRef(directory, `refs/heads/${step.into}`, merged);
    if (step.as !== undefined) context.names.set(step.as, merged);
  } else if ('reset' in step) writeRef(directory, `refs/heads/${step.reset}`, commitNamed(context, step.to));
  else if ('delete' in step) git(directory, ['update-ref', '-d', `refs/heads/${step.delete}`]);
  else writeRef(directory, `refs/heads/${step.branch}`, commitNamed(context, step.from));
}

/** A commit by its scenario name, branch, tag or id. */
export function commitNamed(context: StepContext, name: string): string {
  const found =
    context.names.get(name) ??
    readRef(context.directory, `refs/heads/${name}`) ??
    resolveCommit(context.directory, name);
  if (found === undefined) throw new Error(`Scenario: no commit, branch or tag is called ${name}.`);
  return found;
}

class FastImport {
  private readonly parts: Buffer[] = [];
  private readonly labels: { mark: number; as: string }[] = [];
  private readonly started = new Set<string>();
  private readonly context: StepContext;
  private mark = 0;

  constructor(context: StepContext) {
    this.context = context;
  }

  commit(step: Extract<GitStep, { commit: string }>): void {
    const branch = step.branch ?? this.context.defaultBranch;
    const ref = `refs/heads/${branch}`;
    const author = this.context.author(step.by, step.at);
    const who = `${author.name} <${author.email}> ${Math.floor(Date.parse(author.date) / 1000)} +0000`;
    this.mark += 1;
    if (step.as !== undefined) this.labels.push({ mark: this.mark, as: step.as });
    this.line(`commit ${ref}\nmark :${this.mark}\nauthor ${who}\ncommitter ${who}`);
    this.data(Buffer.from(`${step.commit}\n`));
    const existing = this.started.has(ref) ? undefined : readRef(this.context.directory, ref);
    this.started.add(ref);
    if (existing !== undefined) this.line(`from ${existing}`);
    for (const [path, content] of Object.entries(step.files ?? {})) this.file(path, content);
    this.line('');
    if (step.tag !== undefined) this.line(`reset refs/tags/${step.tag}\nfrom :${this.mark}\n`);
  }

  run(): void {
    for (const { mark } of this.labels) this.line(`get-mark :${mark}`);
    const input = Buffer.concat(this.parts);
    const out = gitBytes(this.context.directory, ['fast-import', '--quiet', '--force', '--date-format=raw'], {
      input,
    });
    const ids = out.toString().split('\n');
    for (const [index, { as }] of this.labels.entries()) {
      const sha = ids[index];
      if (sha !== undefined) this.context.names.set(as, sha);
    }
  }

  private line(text: string): void {
    this.parts.push(Buffer.from(`${text}\n`));
  }

  private data(bytes: Buffer): void {
    this.line(`data ${bytes.length}`);
    this.parts.push(bytes, Buffer.from('\n'));
  }

  private file(path: string, content: FileContent): void {
    const quoted = quotePath(path);
    if (content === null) this.line(`D ${quoted}`);
    else if (typeof content === 'object' && 'submodule' in content) {
      this.line(`M 160000 ${content.submodule} ${quoted}`);
    } else {
      const [mode, bytes] = bytesOf(content);
      this.line(`M ${mode} inline ${quoted}`);
      this.data(bytes);
    }
  }
}

function bytesOf(content: Exclude<FileContent, null | { submodule: string }>): [string, Buffer] {
  if (typeof content === 'string') return ['100644', Buffer.from(content)];
  if ('base64' in content) return ['100644', Buffer.from(content.base64, 'base64')];
  if ('symlink' in content) return ['120000', Buffer.from(content.symlink)];
  return ['100755', Buffer.from(content.executable)];
}

/** C-style quoting as fast-import reads it: bytes outside printable ASCII as octal. */
function quotePath(path: string): string {
  const bytes = [...Buffer.from(path)];
  const quoted = bytes.map((byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c
      ? `\\${byte.toString(8).padStart(3, '0')}`
      : String.fromCharCode(byte),
  );
  return `"${quoted.join('')}"`;
}
