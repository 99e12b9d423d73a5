/** A coverage report that is hostile, and what is made of it: its totals, or the sentence that refuses it. */
export type HostileReport = {
  readonly title: string;
  /** Name of the file, which is also how the case is found again. */
  readonly file: string;
  readonly content: string | Uint8Array;
} & (
  | { readonly refused: string }
  | {
      /** "covered/total" lines over all files. */
      readonly lines: string;
      readonly remarks?: readonly string[];
      /** Report paths as they are printed. */
      readonly paths?: readonly string[];
    }
);

const lcov = (records: string, path = 'src/a.ts') => `TN:\nSF:${path}\n${records}end_of_record\n`;
const cobertura = (body: string, head = '') =>
  `<?xml version="1.0"?>\n${head}<coverage line-rate="1"><packages><package><classes>${body}</classes></package></packages></coverage>\n`;
const line = (attributes: string) =>
  cobertura(`<class filename="src/a.py"><lines><line ${attributes}/></lines></class>`);
const istanbul = (file: string, path = 'src/a.js') => `{"${path}":{"path":"${path}",${file}}}`;
const oneStatement =
  '"statementMap":{"0":{"start":{"line":1},"end":{"line":1}}},"fnMap":{},"branchMap":{},"b":{},"f":{}';
const entities = Array.from({ length: 20 }, (_, level) =>
  level === 0 ? '<!ENTITY e0 "ha">' : `<!ENTITY e${level} "${`&e${level - 1};`.repeat(10)}">`,
).join('');
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const megabyte = 1 << 20;

export const hostileReports: readonly HostileReport[] = [
  {
    title: 'entities that multiply (billion laughs)',
    file: 'laughs.xml',
    content: cobertura(
      '<class filename="src/&e19;.py"><lines><line number="1" hits="1"/></lines></class>',
      `<!DOCTYPE coverage [${entities}]>\n`,
    ),
    lines: '1/1',
    paths: ['src/&e19;.py'],
  },
  {
    title: 'an entity that names a file of the machine',
    file: 'xxe.xml',
    content: cobertura(
      '<class filename="&secret;"><lines><line number="1" hits="1"/></lines></class>',
      '<!DOCTYPE coverage [<!ENTITY secret SYSTEM "file://{secret}">]>\n',
    ),
    lines: '1/1',
    paths: ['&secret;'],
  },
  {
    title: 'a document type on another server',
    file: 'dtd.xml',
    content: cobertura(
      '<class filename="src/a.py"><lines><line number="1" hits="1"/></lines></class>',
      '<!DOCTYPE coverage SYSTEM "http://127.0.0.1:9/coverage.dtd">\n',
    ),
    lines: '1/1',
  },
  {
    title: 'an entity in the sources',
    file: 'sources.xml',
    content: cobertura(
      '<class filename="a.py"><lines><line number="1" hits="1"/></lines></class>',
      '<!DOCTYPE coverage [<!ENTITY secret SYSTEM "file://{secret}">]>\n',
    ).replace('<packages>', '<sources><source>&secret;</source></sources><packages>'),
    lines: '1/1',
  },
  {
    title: 'an attribute of three megabytes',
    file: 'attribute.xml',
    content: cobertura(`<class filename="${'a'.repeat(3 * megabyte)}"></class>`),
    refused: '`attribute.xml`: line 2: a tag is longer than 1 MiB',
  },
  {
    title: 'a thousand attributes',
    file: 'attributes.xml',
    content: cobertura(`<class ${Array.from({ length: 1000 }, (_, i) => `a${i}="x"`).join(' ')}/>`),
    refused: '`attributes.xml`: line 2: a tag has over 256 attributes',
  },
  {
    title: 'groups nested a thousand deep',
    file: 'groups.xml',
    content: `<report name="x">${'<group name="g">'.repeat(1000)}${'</group>'.repeat(1000)}</report>`,
    refused: '`groups.xml`: line 1: groups are nested too deep',
  },
  {
    title: 'a tag that never ends',
    file: 'open.xml',
    content: '<coverage><packages><class filename="a.py"',
    refused: '`open.xml`: the report is cut off in line 1; run the tests again',
  },
  {
    title: 'counts of NaN',
    file: 'nan.xml',
    content: line('number="1" hits="NaN"'),
    refused: '`nan.xml`: line 2: `hits="NaN"` cannot be read',
  },
  {
    title: 'counts beyond every number',
    file: 'infinite.xml',
    content: line('number="1" hits="1e309"'),
    lines: '1/1',
  },
  {
    title: 'a line beyond every file',
    file: 'line.xml',
    content: line('number="99999999999999999999" hits="1"'),
    refused: '`line.xml`: line 2: `number="99999999999999999999"` cannot be read',
  },
  {
    title: 'a line before the first',
    file: 'negative-line.xml',
    content: line('number="-1" hits="1"'),
    refused: '`negative-line.xml`: line 2: `number="-1"` cannot be read',
  },
  {
    title: 'more branches covered than there are',
    file: 'branches.xml',
    content: line('number="1" hits="1" condition-coverage="100% (9/2)"'),
    refused: '`branches.xml`: line 2: `condition-coverage="100% (9/2)"` cannot be read',
  },
  {
    title: 'a character no text can hold',
    file: 'character.xml',
    content: cobertura(
      '<class filename="a&#x110000;&#0;b.py"><lines><line number="1" hits="1"/></lines></class>',
    ),
    lines: '1/1',
  },
  {
    title: 'UTF-16',
    file: 'utf16.info',
    content: utf16(lcov('DA:1,1\n')),
    refused: '`utf16.info` is not read: it is written in UTF-16; write it as UTF-8',
  },
  {
    title: 'a byte order mark',
    file: 'bom.info',
    content: `\ufeff${lcov('DA:1,1\n')}`,
    lines: '1/1',
  },
  {
    title: 'a compressed report',
    file: 'packed.info',
    content: Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0),
    refused: '`packed.info` is not read: it is compressed; unpack it first',
  },
  { title: 'nothing', file: 'empty.info', content: '', refused: '`empty.info` is not read: it is empty' },
  {
    title: 'NUL bytes alone',
    file: 'nul.info',
    content: new Uint8Array(4096),
    refused: '`nul.info` is not read: its content is no known report format',
  },
  {
    title: 'prose',
    file: 'prose.info',
    content: '# All is covered\n\nTrust me.\n',
    refused: '`prose.info` is not read: its content is no known report format',
  },
  {
    title: 'negative counts',
    file: 'negative.info',
    content: lcov('DA:1,-1\nDA:2,0\n'),
    lines: '1/2',
    remarks: ['1 negative count read as run'],
  },
  {
    title: 'a count of NaN',
    file: 'nan.info',
    content: lcov('DA:1,NaN\n'),
    refused: '`nan.info`: line 3: `DA:1,NaN` is no lcov record',
  },
  {
    title: 'a count of 1e309',
    file: 'infinite.info',
    content: lcov('DA:1,1e309\nDA:2,0e999\n'),
    lines: '1/2',
  },
  {
    title: 'a line that is no number',
    file: 'letters.info',
    content: lcov('DA:x,1\n'),
    refused: '`letters.info`: line 3: `DA:x,1` is no lcov record',
  },
  {
    title: 'a line of 400,000 digits',
    file: 'digits.info',
    content: lcov(`DA:${'9'.repeat(400_000)},1\n`),
    refused: `\`digits.info\`: line 3: \`DA:${'9'.repeat(56)}…\` is no lcov record`,
  },
  {
    title: 'line 0',
    file: 'zero.info',
    content: lcov('DA:0,1\nDA:1,1\n'),
    lines: '1/1',
    remarks: ['1 entry for line 0 left out'],
  },
  {
    title: 'a branch that a backtracking expression never finishes',
    file: 'branch.info',
    content: lcov(`BRDA:1,${','.repeat(500_000)}\u2028,x\n`),
    refused: `\`branch.info\`: line 3: \`BRDA:1,${','.repeat(52)}…\` is no lcov record`,
  },
  {
    title: 'a line of three megabytes',
    file: 'long.info',
    content: lcov(`DA:1,${'1'.repeat(3 * megabyte)}\n`),
    refused: '`long.info`: a line is longer than 1 MiB',
  },
  {
    title: 'a quoted path of nearly a megabyte',
    file: 'quoted.info',
    content: lcov('DA:1,1\n', `"${'a'.repeat(900_000)}"`),
    lines: '1/1',
  },
  {
    title: 'a path of a thousand steps up',
    file: 'climbing.info',
    content: lcov('DA:1,1\n', `${'../'.repeat(1000)}etc/passwd`),
    lines: '1/1',
    paths: [`${'../'.repeat(1000)}etc/passwd`],
  },
  {
    title: 'an absolute path outside',
    file: 'absolute.info',
    content: lcov('DA:1,1\n', '/etc/passwd'),
    lines: '1/1',
    paths: ['/etc/passwd'],
  },
  {
    title: 'a path with a workflow command',
    file: 'command.info',
    content: lcov('DA:1,1\n', '::error::pwned ##[add-mask]x'),
    lines: '1/1',
    paths: ['::error::pwned ##[add-mask]x'],
  },
  {
    title: 'a report that contradicts itself',
    file: 'contradiction.info',
    content: `${lcov('DA:1,1\nDA:1,0\n')}${lcov('DA:1,0\nDA:2,0\n')}`,
    lines: '1/2',
  },
  {
    title: 'a record that never ends',
    file: 'cut.info',
    content: 'TN:\nSF:src/a.ts\nDA:1,1\nDA:2',
    refused: '`cut.info`: the report is cut off in line 4; run the tests again',
  },
  {
    title: 'keys of the prototype',
    file: 'prototype.json',
    content: `{"__proto__":{"path":"__proto__",${oneStatement},"s":{"0":1}},"constructor":{"path":"constructor",${oneStatement},"s":{"__proto__":1,"0":0}}}`,
    lines: '1/2',
    paths: ['__proto__', 'constructor'],
  },
  {
    title: 'a hundred thousand brackets',
    file: 'nested.json',
    content: `{"statementMap":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    refused: '`nested.json`: the entry `statementMap` cannot be read: no object',
  },
  {
    title: 'half a JSON object',
    file: 'half.json',
    content: istanbul(`${oneStatement},"s":{"0":1`).slice(0, -2),
    refused: '`half.json`: it is no valid JSON; it may be cut off',
  },
  {
    title: 'a count that is text',
    file: 'text.json',
    content: istanbul(`${oneStatement},"s":{"0":"<b>"}`),
    refused: '`text.json`: the entry `src/a.js` cannot be read: `"<b>"` is no count',
  },
  {
    title: 'a count of 1e309 in JSON',
    file: 'infinite.json',
    content: istanbul(`${oneStatement},"s":{"0":1e309}`),
    lines: '1/1',
  },
  {
    title: 'a fraction of a line',
    file: 'fraction.json',
    content: istanbul('"statementMap":{"0":{"start":{"line":1.5}}},"s":{"0":1}'),
    refused: '`fraction.json`: the entry `src/a.js` cannot be read: statement `0` has no start line',
  },
  {
    title: 'a block over a billion lines',
    file: 'block.out',
    content: 'mode: set\na.go:1.1,999999999.1 1 1\n',
    refused: '`block.out`: line 2: `a.go:1.1,999999999.1 1 1` is no block of a Go cover profile',
  },
  {
    title: 'blocks that together span more lines than any code',
    file: 'blocks.out',
    content: `mode: set\n${Array.from({ length: 30 }, (_, i) => `a${i}.go:1.1,900000.9 1 1\n`).join('')}`,
    refused: '`blocks.out`: line 24: its blocks span over 20000000 lines',
  },
  {
    title: 'a block without an end that backtracks',
    file: 'colons.out',
    content: `mode: set\n${':1.1,1.1 1'.repeat(100_000)}x\n`,
    refused: `\`colons.out\`: line 2: \`${':1.1,1.1 1'.repeat(6).slice(0, 59)}…\` is no block of a Go cover profile`,
  },
  {
    title: 'a comment that opens 60,000 times',
    file: 'comments.info',
    content: `${'#\n'.repeat(30_000)}x`,
    refused: '`comments.info` is not read: its content is no known report format',
  },
];
