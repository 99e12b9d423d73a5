import { posix } from 'node:path';
import { isMap, isSeq, parseDocument } from 'yaml';
import { isUnavailable } from '../../core/part.ts';
import { readOwnText } from './read-own-text.ts';

/** `OWNER/review-vitals@v1`, or a workflow that lies in such a repository or is called so. */
const ownName = /(?:^|\/)review-vitals(?:@|\/|\.ya?ml@)/;

/** Whether `uses:` names Review Vitals. */
export function isOwnName(uses: string): boolean {
  return !uses.startsWith('./') && ownName.test(uses);
}

/** Which of the actions of this repository (`./`, `./.github/actions/vitals`) are Review Vitals, or have a step that uses it. */
export async function ownActions(repository: string, uses: readonly string[]): Promise<ReadonlySet<string>> {
  const local = [...new Set(uses)].filter((one) => one === '.' || one.startsWith('./'));
  const own = await Promise.all(local.map(async (one) => ((await isOwn(repository, one)) ? [one] : [])));
  return new Set(own.flat());
}

async function isOwn(repository: string, uses: string): Promise<boolean> {
  const folder = posix.normalize(uses);
  if (folder.startsWith('..')) return false;
  for (const name of ['action.yml', 'action.yaml']) {
    const text = await readOwnText(repository, posix.join(folder, name));
    if (text === undefined || isUnavailable(text)) continue;
    const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
    if (document.errors.length > 0) return false;
    const steps = document.getIn(['runs', 'steps']);
    return isSeq(steps)
      ? steps.items.some((step) => isMap(step) && isOwnName(String(step.get('uses') ?? '')))
      : document.get('name') === 'Review Vitals';
  }
  return false;
}
