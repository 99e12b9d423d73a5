/** A path that a change adds, with a migration in it; what a terminal shows of it is written out in full. */
export interface HostileName {
  readonly title: string;
  readonly path: string | Uint8Array;
  /** As git's bytes read when they are text; `path` itself when absent. */
  readonly asText?: string;
  /** In the text output; the same as the text when absent. */
  readonly shown?: string;
}

const folder = 'db/migrations';
const long = 'n'.repeat(4000);

export const hostileNames: readonly HostileName[] = [
  { title: 'a line feed', path: `${folder}/a\nb.sql`, shown: `${folder}/a\\u{a}b.sql` },
  { title: 'a carriage return', path: `${folder}/a\rb.sql`, shown: `${folder}/a\\u{d}b.sql` },
  { title: 'a tab', path: `${folder}/a\tb.sql`, shown: `${folder}/a\\u{9}b.sql` },
  { title: 'a double quote', path: `${folder}/a"b.sql` },
  { title: 'a single quote', path: `${folder}/a'b.sql` },
  { title: 'a backslash', path: `${folder}/a\\b.sql` },
  { title: 'an octal escape as git prints it', path: `${folder}/\\303\\244.sql` },
  { title: 'a backtick', path: `${folder}/a\`b.sql` },
  { title: 'a leading hyphen', path: `-x/migrations/a.sql` },
  { title: 'the look of an option', path: `--output=x/migrations/a.sql` },
  { title: 'a leading and a trailing space', path: ` lead/migrations/a b .sql` },
  { title: 'a percent-encoded line feed', path: `${folder}/%0A::error::pwned.sql` },
  {
    title: 'a workflow command at its start',
    path: `::error::pwned/migrations/a.sql`,
    shown: `::error::pwned/migrations/a.sql`,
  },
  {
    title: 'a line feed and a workflow command',
    path: `${folder}/a\n::set-output name=findings::0.sql`,
    shown: `${folder}/a\\u{a}::set-output name=findings::0.sql`,
  },
  {
    title: 'a workflow command of the old form',
    path: `${folder}/##[add-mask]a.sql`,
    shown: `${folder}/#\\u{23}[add-mask]a.sql`,
  },
  {
    title: 'an old command with properties',
    path: `${folder}/##[set-output name=findings;]0.sql`,
    shown: `${folder}/#\\u{23}[set-output name=findings;]0.sql`,
  },
  { title: 'an escape sequence', path: `${folder}/\u001b[31mred.sql`, shown: `${folder}/\\u{1b}[31mred.sql` },
  {
    title: 'a hyperlink of the terminal',
    path: `${folder}/\u001b]8;;file:x\u0007y.sql`,
    shown: `${folder}/\\u{1b}]8;;file:x\\u{7}y.sql`,
  },
  {
    title: 'a right-to-left override',
    path: `${folder}/\u202elqs.x.sql`,
    shown: `${folder}/\\u{202e}lqs.x.sql`,
  },
  { title: 'a zero-width space', path: `${folder}/a\u200bb.sql`, shown: `${folder}/a\\u{200b}b.sql` },
  { title: 'a line separator', path: `${folder}/a\u2028b.sql`, shown: `${folder}/a\\u{2028}b.sql` },
  { title: 'a composed letter', path: `${folder}/caf\u00e9.sql` },
  { title: 'the same letter, decomposed', path: `${folder}/cafe\u0301.sql` },
  { title: 'capitals', path: `${folder}/CASE.sql` },
  { title: 'the same name in small letters', path: `${folder}/case.sql` },
  { title: 'a homoglyph', path: `${folder}/c\u0430se.sql` },
  {
    title: 'bytes that are no UTF-8',
    path: Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.sql')]),
    asText: `${folder}/\ufffd\ufffd.sql`,
  },
  {
    title: 'half a surrogate pair in UTF-8',
    path: Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('.sql')]),
    asText: `${folder}/\ufffd\ufffd\ufffd.sql`,
  },
  { title: '4,000 bytes', path: `${folder}/${long}.sql` },
  { title: 'a tag of HTML', path: `${folder}/<img src=x onerror=alert(1)>.sql` },
  { title: 'the end of a comment', path: `${folder}/--> <b>.sql` },
  { title: 'a link of Markdown', path: `${folder}/[a](https:x).sql` },
  { title: 'an image of Markdown', path: `${folder}/![a](x).sql` },
  { title: 'a mention', path: `@acme/migrations/x.sql` },
  { title: 'an encoded mention', path: `${folder}/&commat;acme.sql` },
  { title: 'a closing keyword', path: `${folder}/fixes #1.sql` },
  { title: 'a table of Markdown', path: `${folder}/|a|b|.sql` },
  { title: 'an expression of a workflow', path: `${folder}/\${{ github.token }}.sql` },
  { title: 'a command substitution', path: `${folder}/$(touch pwned).sql` },
  { title: 'a chain of commands', path: `${folder}/a;touch pwned;.sql` },
  { title: 'a pathspec with magic', path: `:(top,glob)**/migrations/a.sql` },
  { title: 'wildcards', path: `${folder}/*?[a].sql` },
  { title: 'the name of a branch', path: `main/migrations/HEAD.sql` },
  { title: 'the name of a prototype', path: `__proto__/migrations/constructor.sql` },
  { title: 'our own marker', path: `${folder}/<!-- review-vitals:summary default none -->.sql` },
];
