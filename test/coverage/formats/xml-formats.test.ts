import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeCoverage } from '../../../src/coverage/formats/merge-coverage.ts';
import { reportTotals } from '../../../src/coverage/measure/report-totals.ts';
import { statusRuns } from '../../../src/coverage/measure/status-runs.ts';
import { readText, runsOf } from './read-text.ts';

const cobertura = `<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage line-rate="0.9" lines-covered="99" lines-valid="99">
  <sources><source>/ci/a &amp; b</source><source></source></sources>
  <packages><package name="p"><classes>
    <class name="A" filename="src/a&lt;b&gt;.py">
      <methods><method name="f" signature="()"><lines><line number="1" hits="2"/></lines></method>
        <method name="g" signature="()"><lines><line number="40" hits="0"/></lines></method></methods>
      <lines>
        <line number="1" hits="2"/>
        <line hits="0" number='2' branch="false"/>
        <line number="3" hits="1" branch="true" condition-coverage="50% (1/2)">
          <conditions><condition number="0" type="jump" coverage="50%"/></conditions>
        </line>
        <line number="4" hits="1" branch="true" condition-coverage="100%"/>
      </lines>
    </class>
  </classes></package></packages>
</coverage>
`;

describe('a Cobertura report', () => {
  it('gives line status, totals by unit and its sources', () => {
    const report = readText(cobertura);
    expect(runsOf(cobertura)).toEqual({
      'src/a<b>.py': [
        [1, 1, 'hit'],
        [2, 1, 'miss'],
        [3, 1, 'partial'],
        [4, 1, 'hit'],
      ],
    });
    expect(reportTotals(report.files)).toEqual({
      lines: { covered: 3, total: 4 },
      branches: { covered: 1, total: 2 },
      functions: { covered: 1, total: 2 },
    });
    expect(report.sources).toEqual(['/ci/a & b']);
  });

  it('takes the lines of methods where a class has none of its own', () => {
    const text =
      '<coverage><class name="A" filename="a"><methods><method name="f"><lines><line number="3" hits="1"/></lines></method></methods><lines/></class></coverage>';
    expect(runsOf(text)).toEqual({ a: [[3, 1, 'hit']] });
  });

  it('joins classes of one file by the larger count', () => {
    const line = (hits: number, conditions: string) =>
      `<class name="A" filename="a"><lines><line number="39" hits="${hits}" condition-coverage="${conditions}"/></lines></class>`;
    const text = `<coverage>${line(0, '0% (0/3)')}${line(2, '0% (0/4)')}${line(1, '100% (3/3)')}</coverage>`;
    expect(reportTotals(readText(text).files)).toEqual({
      lines: { covered: 1, total: 1 },
      branches: { covered: 0, total: 4 },
    });
  });

  it('reads on over a closing tag that does not match, line 0 and a class without file', () => {
    const report = readText(
      '<coverage><class filename="a"><lines><line number="0" hits="1"/><line number="1" hits="1"/></line></clas></class><class filename=""><line number="9" hits="1"/></class></coverage>',
    );
    expect(report.files.map(statusRuns)).toEqual([[[1, 1, 'hit']]]);
    expect(report.remarks).toEqual(['1 entry for line 0 left out', '1 class without a file name left out']);
    expect(report.cutOff).toBeUndefined();
  });

  it('reads the same whatever the size of the chunks', () => {
    const whole = readText(cobertura);
    for (let size = 1; size < 40; size += 1) expect(readText(cobertura, size)).toEqual(whole);
  });

  it('reads every form of a line as the plain form of the same numbers', () => {
    const space = fc.constantFrom(' ', ' ', '\n', '  ', '\t');
    const form = fc.record({
      number: fc.integer({ min: 1, max: 60 }),
      hits: fc.nat(3),
      share: fc.option(fc.tuple(fc.nat(3), fc.nat(2)), { nil: undefined }),
      mark: fc.constantFrom('"', '"', "'"),
      isReversed: fc.boolean(),
      more: fc.constantFrom('', '', 'branch="False"', 'missing-branches="5"'),
      end: fc.constantFrom(
        '/>',
        '/>',
        ' />',
        '></line>',
        '>\n<conditions><condition number="0"/></conditions></line>',
      ),
      after: fc.constantFrom('\n', '', '\r\n\t', ' text ', '<!-- <line number="99" hits="9"/> -->'),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(form, space), { maxLength: 30 }),
        fc.nat(30),
        fc.integer({ min: 1, max: 90 }),
        (forms, inMethod, chunkSize) => {
          const conditionsOf = ([covered, missed]: readonly [number, number]) =>
            `condition-coverage="50% (${covered}/${covered + missed + 1})"`;
          const plain = forms.map(
            ([{ number, hits, share }]) =>
              `<line number="${number}" hits="${hits}"${share ? ` branch="true" ${conditionsOf(share)}` : ''}/>\n`,
          );
          const written = forms.map(([{ number, hits, share, mark, isReversed, more, end, after }, gap]) => {
            const attributes = [`number=${mark}${number}${mark}`, `hits=${mark}${hits}${mark}`, more].concat(
              share ? conditionsOf(share) : [],
            );
            if (isReversed) attributes.reverse();
            return `<line${gap}${attributes.filter((one) => one !== '').join(gap)}${end}${after}`;
          });
          const report = (lines: readonly string[]) =>
            `<coverage><class name="A" filename="a"><methods><method name="f"><lines>${lines.slice(0, inMethod).join('')}</lines></method></methods><lines>${lines.slice(inMethod).join('')}</lines></class></coverage>`;
          expect(readText(report(written), chunkSize)).toEqual(readText(report(plain)));
        },
      ),
    );
  });

  it('takes a name with an entity for the same function in two classes of one file', () => {
    const part = (name: string, hits: number) =>
      `<class name="A" filename="a"><methods><method name="${name}"><lines><line number="3" hits="${hits}"/></lines></method></methods><lines><line number="3" hits="${hits}"/></lines></class>`;
    const functions = (text: string) =>
      reportTotals(readText(`<coverage>${text}</coverage>`).files).functions;
    expect(functions(`${part('&lt;f&gt; &#228;', 0)}${part('&#x3c;f> ä', 1)}`)).toEqual({
      covered: 1,
      total: 1,
    });
    expect(functions(`${part('f', 0)}${part('g', 1)}`)).toEqual({ covered: 1, total: 2 });
  });

  it('says that it is cut off wherever it is cut, or refuses', () => {
    const end = cobertura.lastIndexOf('</coverage>');
    for (let length = cobertura.indexOf('<coverage') + 10; length < end + 10; length += 1) {
      expect(readText(cobertura.slice(0, length)).cutOff).toMatch(/^the report is cut off in line \d+$/);
    }
    expect(readText(cobertura).cutOff).toBeUndefined();
  });

  it.each([
    ['<line number="x" hits="1"/>', 'line 2: `number="x"` cannot be read'],
    ['<line hits="1"/>', 'line 2: `number=""` cannot be read'],
    ['<line number="1" hits="lots"/>', 'line 2: `hits="lots"` cannot be read'],
    ['<line number="99999999999" hits="1"/>', 'line 2: `number="99999999999"` cannot be read'],
    [
      '<line number="1" hits="1" condition-coverage="(3/2)"/>',
      'line 2: `condition-coverage="(3/2)"` cannot be read',
    ],
    ['<line number=1 hits="1"/>', 'line 2: `number` is no well-formed attribute or tag'],
    ['<line number/>', 'line 2: `number/` is no well-formed attribute or tag'],
    ['< line number="1"/>', 'line 2: a tag has no name'],
  ])('refuses %s with its line', (line, sentence) => {
    expect(() => readText(`<coverage><class filename="a">\n${line}</class></coverage>`)).toThrow(sentence);
  });
});

describe('hostile XML', () => {
  it('has no entities of its own: nothing grows and nothing is fetched', () => {
    const text = `<?xml version="1.0"?><!DOCTYPE coverage [
      <!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">
    ]><coverage><class filename="&b;&x;&#x41;&#66;&#1114112;.py"><lines><line number="1" hits="1"/></lines></class></coverage>`;
    expect(runsOf(text)).toEqual({ '&b;&x;AB&#1114112;.py': [[1, 1, 'hit']] });
  });

  it('passes over comments, instructions and CDATA, whatever they hold', () => {
    const text =
      '<coverage><!-- <class filename="no"> -- > --><?x <line> ?><class filename="a"><![CDATA[<line number="9" hits="1"/>]]><line number="1" hits="1"/></class></coverage>';
    expect(runsOf(text)).toEqual({ a: [[1, 1, 'hit']] });
  });

  it('keeps no tag that never ends', () => {
    expect(() => readText(`<coverage><class filename="${'a'.repeat(1 << 21)}`, 1 << 16)).toThrow(
      'a tag is longer than 1 MiB',
    );
    expect(() => readText(`<coverage><x ${'a="" '.repeat(300)}/></coverage>`)).toThrow(
      'a tag has over 256 attributes',
    );
  });

  it('ends in a report or a sentence for every flipped byte', () => {
    fc.assert(
      fc.property(
        fc.nat(cobertura.length - 1),
        fc.nat(127),
        fc.nat(cobertura.length - 1),
        (at, byte, second) => {
          const damaged = [...cobertura];
          damaged[at] = String.fromCharCode(byte);
          damaged[second] = '<';
          try {
            readText(damaged.join(''));
          } catch (error) {
            expect((error as Error).message).toMatch(/line \d+: |^its |^it /);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a JaCoCo report', () => {
  const report = (lines: string, group = '') =>
    `<?xml version="1.0"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="x">${group}<package name="com/x"><class name="com/x/A" sourcefilename="A.java"><method name="f" desc="()V" line="3"><counter type="METHOD" missed="0" covered="1"/></method><method name="g" desc="()V" line="9"><counter type="METHOD" missed="1" covered="0"/></method><counter type="METHOD" missed="1" covered="1"/></class><sourcefile name="A.java">${lines}</sourcefile></package>${group === '' ? '' : '</group>'}</report>`;

  it('counts a line as run when one of its instructions ran, and as partial when a branch did not', () => {
    const text = report(
      '<line nr="3" mi="0" ci="4" mb="0" cb="0"/><line nr="4" mi="2" ci="3" mb="2" cb="0"/><line nr="9" mi="1" ci="0" mb="0" cb="0"/>',
    );
    expect(runsOf(text)).toEqual({
      'com/x/A.java': [
        [3, 1, 'hit'],
        [4, 1, 'partial'],
        [9, 1, 'miss'],
      ],
    });
    expect(reportTotals(readText(text).files)).toEqual({
      lines: { covered: 2, total: 3 },
      branches: { covered: 0, total: 2 },
      functions: { covered: 1, total: 2 },
      instructions: { covered: 7, total: 10 },
    });
  });

  it('counts the instructions of no line with their file', () => {
    const text =
      '<report name="r"><package name="p"><sourcefile name="A.kt"><line nr="3" mi="1" ci="4"/><counter type="INSTRUCTION" missed="3" covered="9"/><counter type="LINE" missed="0" covered="1"/></sourcefile><counter type="INSTRUCTION" missed="3" covered="9"/></package></report>';
    expect(reportTotals(readText(text).files)).toEqual({
      lines: { covered: 1, total: 1 },
      instructions: { covered: 9, total: 12 },
    });
  });

  it('is refused where its lines do not say whether they ran, as in the output of gcovr', () => {
    expect(() =>
      readText(
        '<report name="GCOVR report"><package name="">\n<sourcefile name="main.cpp"><line nr="6"/><line nr="9" mb="1" cb="1"/></sourcefile></package></report>',
      ),
    ).toThrow(
      'line 2: this line has no count of instructions, so the report does not say what ran; write Cobertura or lcov instead',
    );
  });

  it('keeps equal packages of two modules apart by their groups', () => {
    expect(Object.keys(runsOf(report('<line nr="3" ci="1"/>', '<group name="core">')))).toEqual([
      'core/com/x/A.java',
    ]);
  });
});

describe('a Clover report', () => {
  const text = (version: string) =>
    `<coverage generated="1" clover="${version}"><project><package name="p"><file name="A.java" path="/ci/A.java"><line num="1" type="method" count="1"/><line num="2" type="stmt" count="0"/><line num="3" type="cond" count="2" truecount="2" falsecount="0"/><line num="4" type="stmt" count="4"/></file></package></project></coverage>`;

  it('counts the sides of a condition that were taken', () => {
    expect(runsOf(text('4.4.1'))).toEqual({
      '/ci/A.java': [
        [2, 1, 'miss'],
        [3, 1, 'partial'],
        [4, 1, 'hit'],
      ],
    });
    expect(reportTotals(readText(text('4.4.1')).files)).toEqual({
      functions: { covered: 1, total: 1 },
      lines: { covered: 2, total: 3 },
      branches: { covered: 1, total: 2 },
    });
  });

  it('takes counts of branches from Istanbul, whose numbers mean that', () => {
    expect(reportTotals(readText(text('3.2.0')).files).branches).toEqual({ covered: 2, total: 2 });
  });
});

describe('an scoverage report', () => {
  it('counts statements and the lines they stand on', () => {
    const text =
      '<scoverage statement-rate="50"><class name="A" filename="A.scala"><statements><statement source="src/A.scala" start="10" end="20" line="3" branch="false" invocation-count="0" ignored="false"/><statement source="src/A.scala" start="21" end="30" line="3" invocation-count="2" ignored="false"/><statement source="src/A.scala" start="31" line="5" invocation-count="0" ignored="true"/></statements></class></scoverage>';
    expect(runsOf(text)).toEqual({ 'src/A.scala': [[3, 1, 'hit']] });
    expect(reportTotals(readText(text).files).statements).toEqual({ covered: 1, total: 2 });
  });

  it('counts every statement of one place, and each once in two reports of one build', () => {
    const statement = (end: number, branch: boolean, count: number) =>
      `<statement source="A.scala" method="m" start="10" end="${end}" line="3" branch="${branch}" invocation-count="${count}"/>`;
    const text = (count: number) =>
      `<scoverage><class name="A" filename="A.scala"><statements>${statement(20, false, 1)}${statement(20, true, 0)}${statement(30, false, count)}${statement(30, false, 1)}</statements></class></scoverage>`;
    const [one, other] = [readText(text(0)).files[0], readText(text(1)).files[0]];
    if (one === undefined || other === undefined) throw new Error('a report is empty');
    expect(reportTotals([one]).statements).toEqual({ covered: 2, total: 4 });
    expect(reportTotals([mergeCoverage(one, other)]).statements).toEqual({ covered: 3, total: 4 });
  });
});

describe('two shards', () => {
  it('join to what ran in either, in both orders', () => {
    const shard = (hits: readonly number[]) =>
      readText(
        `<coverage><class filename="a"><lines>${hits.map((count, n) => `<line number="${36 + n}" hits="${count}"/>`).join('')}</lines></class></coverage>`,
      ).files[0];
    const a = shard([1, 0, 0, 1]);
    const b = shard([0, 0, 1, 1, 0]);
    if (a === undefined || b === undefined) throw new Error('a shard is empty');
    const expected = [
      [36, 1, 'hit'],
      [37, 1, 'miss'],
      [38, 2, 'hit'],
      [40, 1, 'miss'],
    ];
    expect(statusRuns(mergeCoverage(a, b))).toEqual(expected);
    expect(statusRuns(mergeCoverage(b, a))).toEqual(expected);
  });
});
