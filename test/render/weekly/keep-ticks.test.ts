import { describe, expect, it } from 'vitest';
import { keepTicks } from '../../../src/render/weekly/keep-ticks.ts';

const body = `**News.**

- [ ] **The first review took 31 hours at the median of 12 pull requests.** What kept it?
- [ ] **2 reverts, usually here 0.** What do they share?

| a | b |
`;

describe('boxes that people ticked in the issue of the week', () => {
  it('stay ticked on a line that is still there, also where its numbers are others by now', () => {
    const earlier = body.replace('- [ ] **The first', '- [x] **The first').replace('31', '1,234.5');
    expect(keepTicks(body, earlier.replaceAll('\n', '\r\n'))).toBe(
      body.replace('- [ ] **The first', '- [x] **The first'),
    );
  });

  it('a capital X is a tick too', () => {
    expect(keepTicks(body, body.replace('- [ ] **2', '- [X] **2'))).toBe(
      body.replace('- [ ] **2', '- [x] **2'),
    );
  });

  it('are gone with their line', () => {
    expect(keepTicks(body, '- [x] **Another thing.** Why?\n')).toBe(body);
  });

  it('leave a body without ticks as it is', () => {
    expect(keepTicks(body, body)).toBe(body);
  });
});
