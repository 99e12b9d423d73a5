import type { EntryDescription } from './describe-entry.ts';

/** An entry of the branch as the search for reverts sees it. */
export interface RevertibleEntry {
  readonly id: string;
  readonly message: string;
  readonly description: EntryDescription;
}

/**
 * Which earlier entry each revert takes back, by their places in the list (oldest first): the commit its message names,
 * else the pull request, else the newest earlier one with the title in its quotes. Reverts of something that is not on
 * the list, or of a commit inside a merge, find nothing.
 */
export function findReverted(entries: readonly RevertibleEntry[]): ReadonlyMap<number, number> {
  const byNumber = new Map<number, number>();
  const byTitle = new Map<string, number>();
  const byShortId = new Map<string, number>();
  const found = new Map<number, number>();
  for (const [place, { id, message, description }] of entries.entries()) {
    const reverted = description.isRevert ? revertedBy(message, description.title) : undefined;
    if (reverted !== undefined) found.set(place, reverted);
    byShortId.set(id.slice(0, 7), place);
    byTitle.set(description.title, place);
    byTitle.set(withoutNumber(description.title), place);
    if (description.pullRequest !== undefined) byNumber.set(description.pullRequest, place);
  }
  return found;

  function revertedBy(message: string, title: string): number | undefined {
    for (const [, id = ''] of message.matchAll(/\breverts? commit ([0-9a-f]{7,64})\b/gi)) {
      const place = byShortId.get(id.slice(0, 7));
      if (place !== undefined && entries[place]?.id.startsWith(id)) return place;
    }
    const quoted = /^Revert "(.*)"/.exec(title)?.[1];
    const number =
      /\breverts (?:[\w.-]+\/[\w.-]+)?#(\d{1,9})\b/i.exec(message)?.[1] ??
      /\/revert-(\d{1,9})-/.exec(message.split('\n', 1)[0] ?? '')?.[1] ??
      /\(#(\d{1,9})\)$|^Merge pull request #(\d{1,9}) /
        .exec(quoted ?? '')
        ?.slice(1)
        .find(Boolean);
    const named = number === undefined ? undefined : byNumber.get(Number(number));
    if (named !== undefined || quoted === undefined) return named;
    return byTitle.get(quoted) ?? byTitle.get(withoutNumber(quoted));
  }
}

function withoutNumber(title: string): string {
  return title.replace(/\s*\(#\d{1,9}\)$/, '');
}
