import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

export interface CommitAuthor {
  readonly name: string;
  readonly email: string;
  /** ISO 8601. */
  readonly date: string;
}

/**
 * Writes a commit object by hand, as `git commit-tree` would: a scenario of hundreds of pull requests makes hundreds of
 * merges, and a process for each costs more than all the rest.
 */
export function writeCommit(
  directory: string,
  tree: string,
  parents: readonly string[],
  message: string,
  author: CommitAuthor,
): string {
  const plain = (text: string): string => text.replace(/[<>\n\0]/g, '');
  const seconds = Math.floor(Date.parse(author.date) / 1000);
  const who = `${plain(author.name)} <${plain(author.email)}> ${seconds} +0000`;
  const head = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${who}`,
    `committer ${who}`,
  ];
  const body = Buffer.from(`${head.join('\n')}\n\n${message.replace(/\n*$/, '')}\n`);
  const object = Buffer.concat([Buffer.from(`commit ${body.length}\0`), body]);
  const id = createHash(tree.length === 64 ? 'sha256' : 'sha1')
    .update(object)
    .digest('hex');
  const folder = join(directory, 'objects', id.slice(0, 2));
  const file = join(folder, id.slice(2));
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, deflateSync(object, { level: 1 }), { mode: 0o444 });
  }
  return id;
}
