import { describe, expect, it } from 'vitest';
import { obeyedCommands } from './obeyed-commands.ts';

describe('the runner obeys', () => {
  it.each([
    ['a command at the start of a line', 'a\n::error::b', [{ name: 'error', data: 'b' }]],
    ['a command behind leading space', ' \u00a0::set-output name=a::b', [{ name: 'set-output', data: 'b' }]],
    [
      'a command of the old form in the middle of a line',
      'x ##[add-mask]y',
      [{ name: 'add-mask', data: 'y' }],
    ],
    ['an old command with properties', '##[set-output name=a;]b', [{ name: 'set-output', data: 'b' }]],
  ])('%s', (_, printed, obeyed) => {
    expect(obeyedCommands(printed)).toEqual(obeyed);
  });

  it.each([
    ['two colons in the middle of a line', 'std::error::x'],
    ['a name it does not know', '::pwn::x\n##[pwn]x'],
    ['a command that never closes', '::error x\n##[error x'],
  ])('not %s', (_, printed) => {
    expect(obeyedCommands(printed)).toEqual([]);
  });
});
