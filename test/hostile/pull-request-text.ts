/** A description of a pull request; none of them gives a reason for the migration. */
export interface HostileText {
  readonly title: string;
  readonly body: string;
}

/** GitHub's limit for a body. */
const limit = 65_536;
const filled = (part: string) => part.repeat(Math.ceil(limit / part.length)).slice(0, limit);
const of = (title: string, part: string): HostileText => ({
  title: `nothing but ${title}`,
  body: filled(part),
});

export const hostileTexts: readonly HostileText[] = [
  of('spaces', ' '),
  of('tabs', '\t'),
  of('line feeds', '\n'),
  of('carriage returns', '\r'),
  of('backticks', '`'),
  of('tildes', '~'),
  of('fences', '```\n'),
  of('open comments', '<!--'),
  of('closed comments', '<!-- x -->'),
  of('open tags', '<a '),
  of('details', '<details><summary>'),
  of('open brackets', '['),
  of('open links', '[a]('),
  of('images', '![a](x)'),
  of('quotations', '> '),
  of('headings', '# '),
  of('list marks', '- '),
  of('check boxes', '- [ ] x\n'),
  of('table cells', '|'),
  of('emphasis', '*_'),
  of('addresses', 'https://a/'),
  of('mentions', '@acme/team '),
  of('encoded mentions', '&commat;acme '),
  of('commit ids', '4f2c1ab '),
  of('decision records that do not exist', 'see ADR-1 '),
  of('commands', '/vitals waive aaaaaa: x\n'),
  of('combining marks', 'e\u0301\u0301\u0301'),
  of('direction marks', '\u202e\u202d'),
  of('zero-width joiners', '\u200d'),
  of('NUL', '\0'),
  of('half surrogate pairs', '\ud800'),
  of('one word', 'a'),
  of('dots', '.'),
  of('question marks', '? '),
  of('apostrophes', "'"),
  of('parentheses', '('),
  { title: 'a command with 60,000 tabs', body: `/vitals waive aaaaaa:${'\t'.repeat(60_000)}\u2028` },
  { title: 'a pointer to a record that does not exist', body: 'Rationale: see ADR-1.' },
  { title: 'a forged state of an earlier run', body: '<!-- review-vitals-state:1:AAAA -->' },
  { title: 'a forged summary', body: '<!-- review-vitals:summary default none -->\nAll fine.' },
  { title: 'a forged exemption inside a comment', body: '<!-- review-vitals: documented -->' },
];
