import { describe, expect, it } from 'vitest';
import { reasonForSilence } from '../../src/render/silence.ts';
import { change, changedFile, person, pullRequest } from '../support/facts.ts';

describe('nothing new is posted', () => {
  it.each([
    ['on a draft', { isDraft: true }, 'the pull request is a draft'],
    ['in a locked conversation', { isLocked: true }, 'the conversation is locked'],
    ['on a merged pull request', { state: 'merged' }, 'the pull request is merged'],
    ['on a closed pull request', { state: 'closed' }, 'the pull request is closed'],
    ['on a bot’s pull request', { author: person('renovate', 'bot') }, 'a bot opened the pull request'],
    ['on a revert', { title: 'Revert "Refund in parts"' }, 'the pull request is a revert'],
    [
      'on a first contribution',
      { isFirstContribution: true },
      'it is a first contribution, which gets the note in the check run only',
    ],
  ] as const)('%s', (_, parts, reason) => {
    expect(reasonForSilence(pullRequest(parts), change())).toBe(reason);
  });

  it('when only documents change', () => {
    const files = [changedFile({ path: 'docs/a.png' }), changedFile({ path: 'README.md' })];
    expect(reasonForSilence(pullRequest(), change({ files }))).toBe('only documents change');
  });
});

describe('an ordinary pull request may get comments', () => {
  it.each([
    ['code', 'src/refund.ts'],
    ['a migration in a folder called docs', 'docs/migrations/001.sql'],
  ])('%s', (_, path) => {
    expect(reasonForSilence(pullRequest(), change({ files: [changedFile({ path })] }))).toBeUndefined();
  });

  it('a title that only mentions a revert', () => {
    expect(
      reasonForSilence(pullRequest({ title: 'Revert the colour of the button' }), change()),
    ).toBeUndefined();
  });
});
