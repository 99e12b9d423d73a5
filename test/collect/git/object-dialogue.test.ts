import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { hardenedEnvironment } from '../../../src/collect/git/git-environment.ts';
import { createObjectDialogue } from '../../../src/collect/git/object-dialogue.ts';
import { createCleanup } from './opened.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

function repository() {
  const folder = cleanup.folder();
  const git = (args: readonly string[], input = '') =>
    spawnSync('git', args, { cwd: folder, input, encoding: 'utf8' }).stdout.trim();
  git(['init', '--quiet', '--bare', '.']);
  const write = (content: string) => git(['hash-object', '-w', '--stdin'], content);
  const env = hardenedEnvironment({ home: folder });
  const dialogue = cleanup.add(createObjectDialogue({ cwd: folder, env, secrets: [] }), (one) => one.close());
  return { folder, write, dialogue };
}

const text = (content: Uint8Array) => Buffer.from(content).toString('utf8');

test('answers come in the order asked, and what is not here is left out', async () => {
  const { write, dialogue } = repository();
  const contents = ['', 'one\n', `${'0'.repeat(40)} blob 3\nnew\n`, 'x'.repeat(300_000), 'é'];
  const ids = contents.map(write);
  const absent = 'f'.repeat(40);
  const [first, rest, sizes] = await Promise.all([
    dialogue.read(ids.slice(0, 2)),
    dialogue.read([absent, ...ids.slice(2), absent]),
    dialogue.inspect([...ids, absent]),
  ]);
  expect([...first, ...rest].map(({ id, content }) => [id, text(content)])).toEqual(
    ids.map((id, index) => [id, contents[index]]),
  );
  expect([...sizes.values()].map(({ type, bytes }) => [type, bytes])).toEqual([
    ['blob', 0],
    ['blob', 4],
    ['blob', 52],
    ['blob', 300_000],
    ['blob', 2],
  ]);
});

test('what is written later is found by the process that is there already', async () => {
  const { write, dialogue } = repository();
  expect(await dialogue.read(['e'.repeat(40)])).toEqual([]);
  const [object] = await dialogue.read([write('late')]);
  expect(text(object?.content ?? new Uint8Array())).toBe('late');
});

test('a broken object fails the question with a sentence, and the next question is answered', async () => {
  const { folder, write, dialogue } = repository();
  const random = Array.from({ length: 50_000 }, (_, index) => Math.imul(index, 2_654_435_761)).join();
  const [good, bad] = [write('good'), write(random)];
  const place = join(folder, 'objects', bad.slice(0, 2), bad.slice(2));
  expect(readdirSync(join(folder, 'objects', bad.slice(0, 2)))).toEqual([bad.slice(2)]);
  chmodSync(place, 0o644);
  writeFileSync(place, readFileSync(place).subarray(0, 9_000));
  await expect(dialogue.read([bad])).rejects.toThrow(/^git cat-file ended with \d+: /);
  expect((await dialogue.read([good])).map(({ content }) => text(content))).toEqual(['good']);
});

test('a closed one answers nothing more', async () => {
  const { write, dialogue } = repository();
  const id = write('one');
  await dialogue.read([id]);
  dialogue.close();
  await expect(dialogue.read([id])).rejects.toThrow('the repository was closed');
});
