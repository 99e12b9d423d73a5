/** A settings file, and the sentence that says what is made of it. */
export interface HostileSettings {
  readonly title: string;
  readonly yaml: string | Uint8Array | { readonly link: string };
  /** One of the remarks; none when absent: the file is in force as it stands. */
  readonly says?: string;
}

const file = '.github/review-vitals.yml';
const defaults = '; the default settings are used';
const laughs = Array.from({ length: 12 }, (_, level) =>
  level === 0
    ? 'a0: &a0 [x, x]\n'
    : `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(', ')}]\n`,
).join('');

export const hostileSettings: readonly HostileSettings[] = [
  { title: 'anchors that multiply', yaml: laughs, says: `${file}: the file refers to itself too often${defaults}` },
  { title: 'a list that holds itself', yaml: 'ignore: &a [*a]\n', says: `${file}: a part of the file holds itself${defaults}` },
  { title: 'a mapping that holds itself', yaml: 'rules: &a\n  x: *a\n', says: `${file}: a part of the file holds itself${defaults}` },
  { title: 'an alias of nothing', yaml: 'ignore: *nothing\n', says: `${file}:1: nothing before this line is called &nothing${defaults}` },
  { title: 'a function of JavaScript', yaml: "ignore: !!js/function 'function () { process.exit(9) }'\n", says: `${file}:1: Unresolved tag: tag:yaml.org,2002:js/function${defaults}` },
  { title: 'an object of Python', yaml: "ignore: !!python/object/apply:os.system ['touch pwned']\n", says: `${file}:1: Unresolved tag: tag:yaml.org,2002:python/object/apply:os.system${defaults}` },
  { title: 'keys of the prototype', yaml: '__proto__: { polluted: true }\nconstructor: x\n', says: `${file}:1: __proto__ is no setting` },
  { title: 'rules of the prototype', yaml: 'rules: { __proto__: off, constructor: off }\n', says: `${file}:1: rules.constructor is no setting` },
  { title: 'a misspelt key', yaml: 'waviers: []\n', says: `${file}:1: waviers is no setting; waivers is` },
  { title: 'a key that stands twice', yaml: 'comment: never\ncomment: always\n', says: `${file}:2: comment stands twice in one mapping${defaults}` },
  { title: 'twenty thousand unknown keys', yaml: Array.from({ length: 20_000 }, (_, place) => `k${place}: x\n`).join(''), says: `${file}: it has more problems` },
  { title: 'a hundred thousand brackets', yaml: `ignore: ${'['.repeat(100_000)}`, says: `${file}: the file has over 2000 brackets and braces${defaults}` },
  { title: 'twenty thousand nested lists', yaml: `${'- '.repeat(20_000)}x`, says: `${file}: the file is nested too deeply${defaults}` },
  { title: 'over 256 KiB', yaml: `# ${'x'.repeat(300_000)}\n`, says: '`.github/review-vitals.yml` is larger than 256 KiB; the default settings are used' },
  { title: 'two documents', yaml: 'comment: never\n---\ncomment: always\n', says: `${file}:2: a second document begins, and only one is read${defaults}` },
  { title: 'a version that does not exist', yaml: '%YAML 9.9\n---\ncomment: never\n', says: `${file}:1: Unsupported YAML version 9.9${defaults}` },
  { title: 'a NUL byte', yaml: 'comment: \0never\n', says: `${file}:1: comment is "\\u0000never"; it can be on-findings, always, never` },
  { title: 'UTF-16', yaml: Buffer.from('\ufeffcomment: never\n', 'utf16le'), says: `${file}:1: the file is "\ufffd\ufffd${[...'comment:'].map((letter) => `${letter}\\u0000`).join('')} ; a mapping is expected` },
  { title: 'a link to a file of the machine', yaml: { link: '/etc/passwd' }, says: `${file}:1: the file is "/etc/passwd"; a mapping is expected` },
  { title: 'a number beyond every number', yaml: 'postgres: 1e999\n', says: `${file}:1: postgres is Infinity; a number is expected` },
  { title: 'a sprint of minus one day', yaml: 'sprint: { start: 2026-01-05, days: -1 }\n', says: `${file}:1: sprint.days is -1; at least 5 is expected` },
  { title: 'a workflow command as a key', yaml: '"::error::x": 1\n"##[add-mask]y": 2\n', says: `${file}:2: ##[add-mask]y is no setting` },
  { title: 'a line feed and a command as a key', yaml: '"a\\n::error::b": 1\n', says: `${file}:1: a\n::error::b is no setting` },
  { title: 'settings of another owner', yaml: 'extends: mallory/evil\n', says: '`mallory/evil:.github/review-vitals.yml` was not read: a local run reads only this repository' },
  { title: 'settings that climb out', yaml: 'extends: ../../etc/passwd\n', says: `${file}: extends \`../../etc/passwd\` is not of the form owner/repo, owner/repo:path or owner/repo@ref` },
  { title: 'a glob that a backtracking matcher never finishes', yaml: `ignore: ['${'*a'.repeat(25)}*b']\n` },
  { title: 'a glob of nothing but wildcards', yaml: `ignore: ['${'**/*?'.repeat(40)}z']\n` },
  { title: 'a glob of nested braces', yaml: `ignore: ['${'{a,'.repeat(200)}z']\n` },
]; // biome-ignore format: a case a line is a table
