import { describe, expect, it } from 'vitest';
import { parseReplies } from '../../src/core/replies.ts';

describe('a line that begins with /vitals', () => {
  it.each([
    ['/vitals waive a7f3kq: forty rows', 'waive', 'forty rows'],
    ['/vitals waive a7f3kq forty rows', 'waive', 'forty rows'],
    ['/vitals waive a7f3kq : forty rows\r\nMore.', 'waive', 'forty rows'],
    ['Thanks.\n\n/vitals Waive `A7F3KQ`: forty rows', 'waive', 'forty rows'],
    ['   /vitals noise a7f3kq', 'noise', ''],
    ['/vitals\texplain a7f3kq', 'explain', ''],
  ])('is a command: %j', (body, kind, reason) => {
    expect(parseReplies(body)).toEqual([{ kind, fingerprint: 'a7f3kq', reason }]);
  });

  it.each([
    '/vitals waive',
    '/vitals help',
    '/vitals wave a7f3kq: why',
    '/vitals waive a7f',
    '/vitals waive a7f3kq7: why',
  ])('is meant for us, and no command: %j', (body) => {
    expect(parseReplies(body)).toEqual([{ kind: 'unclear', fingerprint: '', reason: body.slice(8) }]);
  });

  it.each([
    '> /vitals noise a7f3kq',
    '```\n/vitals noise a7f3kq\n```',
    '    /vitals noise a7f3kq',
    '/vitals',
    '/vitalsnoise a7f3kq',
    'see /vitals noise a7f3kq',
  ])('is text where it is quoted, code, or something else: %j', (body) => {
    expect(parseReplies(body)).toEqual([]);
  });

  it('has a reason that is cut between characters', () => {
    const [reply] = parseReplies(`/vitals waive a7f3kq: ${'x'.repeat(499)}${'🚀'.repeat(9)}`);
    expect(reply?.reason).toBe('x'.repeat(499));
  });
});
