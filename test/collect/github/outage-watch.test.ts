import { describe, expect, test } from 'vitest';
import { NotAsked, outageWatch } from '../../../src/collect/github/outage-watch.ts';

const wide = { kind: 'query Pulls', exact: 'query Pulls 100' };
const narrow = { kind: 'query Pulls', exact: 'query Pulls 50' };
const other = { kind: '/repos/a/b', exact: 'GET /repos/a/b' };

function watchAt() {
  const clock = { now: 0 };
  return { clock, watch: outageWatch(20_000, 15_000, () => clock.now) };
}

describe('what is asked while nothing is answered', () => {
  test('has its full time at first, what is left of 20 s then, and never less than 5 s', () => {
    const { clock, watch } = watchAt();
    expect(watch.timeoutFor(wide)).toBe(15_000);
    clock.now = 10_000;
    watch.failed(wide, 0);
    expect(watch.timeoutFor(narrow)).toBe(10_000);
    clock.now = 19_000;
    expect(watch.timeoutFor(narrow)).toBe(5_000);
  });

  test('is not asked twice after 20 s, and in other words still is', () => {
    const { clock, watch } = watchAt();
    watch.failed(wide, 0);
    clock.now = 19_999;
    expect(watch.isLate()).toBe(false);
    expect(watch.timeoutFor(wide)).toBe(5_000);
    clock.now = 20_000;
    expect(watch.isLate()).toBe(true);
    expect(() => watch.timeoutFor(wide)).toThrow(NotAsked);
    expect(watch.timeoutFor(narrow)).toBe(5_000);
    expect(watch.timeoutFor(other)).toBe(5_000);
  });

  test('is not asked at all once two kinds of requests have failed', () => {
    const { clock, watch } = watchAt();
    watch.failed(wide, 0);
    watch.failed(other, 0);
    clock.now = 20_000;
    expect(() => watch.timeoutFor(narrow)).toThrow('it has not answered for 20 s, so this was not asked');
  });

  test('one answer ends it', () => {
    const { clock, watch } = watchAt();
    watch.failed(wide, 0);
    watch.failed(other, 0);
    clock.now = 25_000;
    watch.answered();
    expect(watch.isLate()).toBe(false);
    expect(watch.timeoutFor(wide)).toBe(15_000);
  });

  test('after a minute of silence it is tried again', () => {
    const { clock, watch } = watchAt();
    watch.failed(wide, 0);
    watch.failed(other, 0);
    clock.now = 60_001;
    expect(watch.timeoutFor(wide)).toBe(15_000);
  });
});
