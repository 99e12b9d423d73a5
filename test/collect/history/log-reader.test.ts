import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLogReader, type LogEntry } from '../../../src/collect/history/log-reader.ts';

const id = (digit: string) => digit.repeat(40);

function read(output: string | Uint8Array, sizes: readonly number[] = []): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  const reader = createLogReader((entry) => entries.push(entry));
  const bytes = Buffer.from(output);
  let from = 0;
  for (const size of sizes) {
    reader.push(bytes.subarray(from, from + size));
    from += size;
  }
  reader.push(bytes.subarray(from));
  reader.end();
  return entries;
}

const raw = (status: string, path: string) => `:100644 100644 ${id('1')} ${id('2')} ${status}\0${path}\0`;

test('an entry has its parents, its time, its message and what it changes', () => {
  expect(
    read(
      `commit ${id('a')}\0${id('b')} ${id('c')}\x001785748933\0Subject\n\nBody\n\0\0\n${raw('M', 'a.ts')}${raw('A', 'b c.ts')}`,
    ),
  ).toEqual([
    {
      id: id('a'),
      parents: [id('b'), id('c')],
      committedAt: 1785748933,
      message: 'Subject\n\nBody\n',
      paths: [
        { status: 'M', path: 'a.ts', base: id('1'), head: id('2') },
        { status: 'A', path: 'b c.ts', base: id('1'), head: id('2') },
      ],
      more: [],
    },
  ]);
});

test('messages and names that look like the next entry stay what they are', () => {
  const message = `commit ${id('f')}\n:100644 100644 ${id('1')} ${id('2')} M`;
  const entries = read(
    `commit ${id('a')}\0\x001\0${message}\0\0\n${raw('A', `commit ${id('e')}`)}${raw('A', '\n:x')}commit ${id('b')}\0${id('a')}\x002\0\0\0`,
  );
  expect(
    entries.map(({ id: own, message: text, paths }) => [own, text, paths.map(({ path }) => path)]),
  ).toEqual([
    [id('a'), message, [`commit ${id('e')}`, '\n:x']],
    [id('b'), '', []],
  ]);
});

test('where the output is cut into pieces makes no difference', () => {
  const output = `commit ${id('a')}\0${id('b')}\x0017\0é\n\0\0\n${raw('M', 'ä.ts')}commit ${id('b')}\0\x0016\0x\0\0`;
  const whole = read(output);
  fc.assert(
    fc.property(fc.array(fc.nat(60)), (sizes) => {
      expect(read(output, sizes)).toEqual(whole);
    }),
  );
});

test.each([
  ['in the middle of a message', `commit ${id('a')}\0\x001\0half`],
  ['before the message', `commit ${id('a')}\0\0`],
  [
    'between a change and its path',
    `commit ${id('a')}\0\x001\0m\0\0\n:100644 100644 ${id('1')} ${id('2')} M\0`,
  ],
])('output that ends %s is no history', (_, output) => {
  expect(() => read(output)).toThrow('git log ended in the middle of an entry');
});

test.each([
  ['a change before any commit', raw('M', 'a.ts')],
  ['something that is no commit', 'warning: x\0'],
])('%s is said and not guessed at', (_, output) => {
  expect(() => read(output)).toThrow('in a way that is not understood');
});

test('no bytes make it hang, and what is no log throws a GitFailure', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        read(bytes);
      } catch (error) {
        expect((error as Error).name).toBe('GitFailure');
      }
    }),
  );
});
