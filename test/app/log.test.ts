import { describe, expect, it } from 'vitest';
import { createLog, reasonOf } from '../../src/app/log.ts';

function logged(
  level: 'debug' | 'info' | 'warn' | 'error',
  say: (log: ReturnType<typeof createLog>) => void,
) {
  const lines: string[] = [];
  say(createLog(level, (line) => lines.push(line)));
  return lines;
}

describe('the log', () => {
  it('is one JSON object a line', () => {
    const [line = ''] = logged('info', (log) =>
      log.info('job done', { queue: 'judge', number: 7, left: undefined }),
    );
    expect(line.endsWith('}\n')).toBe(true);
    expect(JSON.parse(line)).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      level: 'info',
      message: 'job done',
      queue: 'judge',
      number: 7,
    });
  });

  it('leaves out what is below its level', () => {
    const lines = logged('warn', (log) => {
      log.debug('a');
      log.info('b');
      log.warn('c');
      log.error('d');
    });
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(['c', 'd']);
  });

  it('holds no secret, neither a known one nor what looks like one', () => {
    const [line] = logged('info', (log) => {
      log.hide('correct horse');
      log.error('failed for correct horse', {
        reason: 'GET https://x-access-token:ghs_0123456789abcdef@github.com/acme/shop gave 401',
      });
    });
    expect(line).not.toContain('correct horse');
    expect(line).not.toContain('ghs_0123456789abcdef');
    expect(line).toContain('gave 401');
  });

  it('keeps a line break in a text from starting a line of its own', () => {
    const lines = logged('info', (log) => log.info('a\n{"level":"error"}'));
    expect(lines.join('').split('\n')).toHaveLength(2);
  });
});

describe('the reason of an error', () => {
  it('is its sentence, its first inner one, its code or its name', () => {
    expect(reasonOf(new Error('broken'))).toBe('broken');
    expect(reasonOf(new AggregateError([new Error('connect ECONNREFUSED')]))).toBe('connect ECONNREFUSED');
    expect(reasonOf(Object.assign(new Error(''), { code: 'ECONNRESET' }))).toBe('ECONNRESET');
    expect(reasonOf(new TypeError(''))).toBe('TypeError');
    expect(reasonOf('text')).toBe('text');
    expect(reasonOf({ ...new Error('gone'), message: 'gone', queue: 'judge' })).toBe('gone');
    expect(reasonOf(undefined)).toBe('undefined');
  });
});
