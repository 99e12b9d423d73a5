import { largestShare } from './file-coverage.ts';
import { FileCoverageBuilder } from './file-coverage-builder.ts';
import { FileList } from './file-list.ts';
import { lineZeroRemark } from './line-zero-remark.ts';
import type { RawReport, ReportReader } from './raw-report.ts';
import { xmlReport } from './xml-report.ts';
import { type XmlHandler, XmlScanner } from './xml-scanner.ts';
import { type XmlTag, xmlName } from './xml-tag.ts';

const tag = { coverage: xmlName('coverage'), file: xmlName('file'), line: xmlName('line') };
const attribute = {
  clover: xmlName('clover'),
  path: xmlName('path'),
  name: xmlName('name'),
  num: xmlName('num'),
  type: xmlName('type'),
  count: xmlName('count'),
  truecount: xmlName('truecount'),
  falsecount: xmlName('falsecount'),
};

/** The version that Istanbul's Clover output always states. There `truecount` is the number of branches that ran. */
const istanbulVersion = '3.2.0';

/**
 * Reads Clover XML of OpenClover, PHPUnit and Istanbul. Statements and conditions are lines of code, the heads of
 * methods are not; a condition has two branches, in Istanbul's output as many as `truecount` and `falsecount` together.
 */
export class CloverReader implements ReportReader, XmlHandler {
  readonly #xml = new XmlScanner(this);
  readonly #files = new FileList();
  readonly #file = new FileCoverageBuilder();
  #isIstanbul = false;
  #path: string | undefined;
  #lineZero = 0;

  push(chunk: Uint8Array): void {
    this.#xml.push(chunk);
  }

  finish(): RawReport {
    return xmlReport('clover', this.#xml, this.#files, lineZeroRemark(this.#lineZero));
  }

  open(xml: XmlTag): void {
    if (xml.is(tag.line)) this.#line(xml);
    else if (xml.is(tag.file)) {
      const path = xml.attribute(attribute.path) ?? xml.attribute(attribute.name) ?? '';
      this.#path = path === '' ? undefined : path;
    } else if (xml.is(tag.coverage)) this.#isIstanbul = xml.attribute(attribute.clover) === istanbulVersion;
  }

  close(xml: XmlTag): void {
    if (!xml.is(tag.file)) return;
    if (this.#path !== undefined) this.#files.add(this.#file.finish(this.#path));
    this.#path = undefined;
  }

  #line(xml: XmlTag): void {
    if (this.#path === undefined) return;
    const line = xml.lineNumber(attribute.num);
    if (line === 0) {
      this.#lineZero += 1;
      return;
    }
    const type = xml.attribute(attribute.type);
    const ran = xml.ran(attribute.count);
    if (type !== 'cond') {
      if (type === 'method') this.#file.item('functions', line, ran ? 1 : 0, 1);
      else this.#file.line(line, ran);
      return;
    }
    const wasTrue = xml.ran(attribute.truecount);
    const wasFalse = xml.ran(attribute.falsecount);
    if (this.#isIstanbul) {
      const covered = xml.number(attribute.truecount) ?? 0;
      const missed = xml.number(attribute.falsecount) ?? 0;
      if (covered + missed > largestShare) throw xml.wrong(attribute.truecount);
      this.#file.line(line, ran);
      if (covered + missed > 0) this.#file.branch(line, 0, covered, covered + missed);
      return;
    }
    this.#file.line(line, ran || wasTrue || wasFalse);
    this.#file.branch(line, 0, (wasTrue ? 1 : 0) + (wasFalse ? 1 : 0), 2);
  }
}
