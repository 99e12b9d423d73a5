/** A server that refuses this many ids of one request is not asked for the rest. */
const mostRefusals = 64;
/** Where a server does not name what it refuses, so many are asked for one by one. */
const askedOneByOne = 8;

/**
 * Asks for many objects at once. One unknown id fails a whole request, but the server names it: it is left out, and the
 * others are asked for again. Gives the ids that were not had, each with the reason.
 */
export async function askForAll(
  ids: readonly string[],
  ask: (ids: readonly string[]) => Promise<void>,
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  let wanted = ids;
  while (wanted.length > 0) {
    try {
      await ask(wanted);
      return refused;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const named = wanted.filter((id) => reason.includes(id));
      const given = named.length > 0 && refused.size < mostRefusals ? named : wanted;
      if (named.length === 0 && wanted.length > 1 && wanted.length <= askedOneByOne) {
        for (const id of wanted) for (const [lost, why] of await askForAll([id], ask)) refused.set(lost, why);
        return refused;
      }
      for (const id of given) refused.set(id, reason);
      wanted = wanted.filter((id) => !given.includes(id));
    }
  }
  return refused;
}
