import type { Detected, MigrationSource } from './framework.ts';
import { folderOf, nameOf } from './path-signals.ts';
import { pythonDatabase } from './python-database.ts';

export function isDjangoPath(path: string): boolean {
  return /(?:^|\/)\w*migrations\/(?!__init__)\w+\.py$/.test(path);
}

/**
 * Django: `<app>/migrations/<number>_name.py` with a class `Migration`. Its name is its version, and `dependencies` say
 * what it comes after. One transaction a file where the server has that for DDL, unless the class says `atomic = False`.
 */
export function django({ path, text, companions }: MigrationSource): Detected | undefined {
  if (!isDjangoPath(path) || !/^class\s+Migration\s*\(/m.test(text)) return undefined;
  const app = appLabelOf(path, companions);
  return {
    framework: 'django',
    app,
    code: 'python',
    root: folderOf(path),
    version: nameOf(path).replace(/\.py$/, ''),
    direction: 'up',
    ...pythonDatabase(path, text, companions),
    sending: /^[ \t]+atomic[ \t]*=[ \t]*False\b/m.test(text) ? 'one-by-one' : 'in-transaction',
    wayBack: 'down-step',
    // What replaces others stands beside them until they are gone, and is no end of the order.
    ...(/^[ \t]+replaces\b[^=\n]*=/m.test(text) ? {} : { after: dependenciesIn(app, text) }),
  };
}

/** A list of dependencies is shorter than this. Chosen by us. */
const longestList = 20_000;

/** Names of migrations of the same app. */
function dependenciesIn(app: string, text: string): readonly string[] {
  const start = /^[ \t]+dependencies\b[^=\n]{0,200}=/m.exec(text);
  if (!start) return [];
  const from = start.index + start[0].length;
  const rest = text.slice(from, from + longestList);
  const end = /^[ \t]{0,8}\w+[ \t]*[:=]/m.exec(rest)?.index ?? rest.length;
  return [...rest.slice(0, end).matchAll(/\(\s{0,20}["'](\w+)["']\s{0,20},\s{0,20}["']([\w-]+)["']/g)]
    .filter(([, label]) => label === app)
    .map(([, , name]) => name ?? '');
}

/** `label = "…"` of the app's settings, else the last part of its module. */
function appLabelOf(path: string, companions: ReadonlyMap<string, string>): string {
  const folder = folderOf(folderOf(path));
  const settings = companions.get(folder === '' ? 'apps.py' : `${folder}/apps.py`) ?? '';
  return /^[ \t]+label[ \t]*=[ \t]*["'](\w+)["']/m.exec(settings)?.[1] ?? nameOf(folder);
}
