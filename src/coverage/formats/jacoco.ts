import { largestShare } from './file-coverage.ts';
import { FileCoverageBuilder } from './file-coverage-builder.ts';
import { FileList } from './file-list.ts';
import { lineZeroRemark } from './line-zero-remark.ts';
import { MalformedReport } from './malformed-report.ts';
import { textKey } from './name-key.ts';
import type { RawReport, ReportReader } from './raw-report.ts';
import { xmlReport } from './xml-report.ts';
import { type XmlHandler, XmlScanner } from './xml-scanner.ts';
import { type XmlName, type XmlTag, xmlName } from './xml-tag.ts';

const tag = {
  group: xmlName('group'),
  package: xmlName('package'),
  class: xmlName('class'),
  method: xmlName('method'),
  counter: xmlName('counter'),
  sourcefile: xmlName('sourcefile'),
  line: xmlName('line'),
};
const attribute = {
  name: xmlName('name'),
  sourcefilename: xmlName('sourcefilename'),
  desc: xmlName('desc'),
  line: xmlName('line'),
  type: xmlName('type'),
  covered: xmlName('covered'),
  missed: xmlName('missed'),
  nr: xmlName('nr'),
  mi: xmlName('mi'),
  ci: xmlName('ci'),
  mb: xmlName('mb'),
  cb: xmlName('cb'),
};

const mostGroups = 50;

/**
 * Reads JaCoCo XML. A path is package and source file, with the names of the groups (modules of an aggregated report)
 * before them, so that equal packages of two modules stay apart. A line ran when one of its instructions did, as JaCoCo
 * counts it, and is partial when a branch did not run. A line without any count (gcovr writes such) leaves open whether it
 * ran, so that the report is refused. Instructions of no line, which compilers make, count with their file.
 */
export class JacocoReader implements ReportReader, XmlHandler {
  readonly #xml = new XmlScanner(this);
  readonly #files = new FileList();
  readonly #file = new FileCoverageBuilder();
  readonly #groups: string[] = [];
  #package = '';
  #class: { readonly name: string; readonly path: string | undefined } | undefined;
  #method: string | undefined;
  #path: string | undefined;
  /** Of the lines of the open source file. */
  #ofLines = { ran: 0, missed: 0 };
  #lineZero = 0;

  push(chunk: Uint8Array): void {
    this.#xml.push(chunk);
  }

  finish(): RawReport {
    return xmlReport('jacoco', this.#xml, this.#files, lineZeroRemark(this.#lineZero));
  }

  open(xml: XmlTag): void {
    if (xml.is(tag.line)) this.#line(xml);
    else if (xml.is(tag.counter)) this.#counter(xml);
    else if (xml.is(tag.method)) {
      this.#method = [attribute.name, attribute.desc, attribute.line]
        .map((name) => xml.attribute(name))
        .join(' ');
    } else if (xml.is(tag.class)) {
      const source = xml.attribute(attribute.sourcefilename);
      const path = source === undefined || source === '' ? undefined : this.#pathOf(source);
      this.#class = { name: xml.attribute(attribute.name) ?? '', path };
    } else if (xml.is(tag.sourcefile)) {
      const name = xml.attribute(attribute.name) ?? '';
      this.#path = name === '' ? undefined : this.#pathOf(name);
      this.#ofLines = { ran: 0, missed: 0 };
    } else if (xml.is(tag.package)) this.#package = xml.attribute(attribute.name) ?? '';
    else if (xml.is(tag.group)) {
      if (this.#groups.length === mostGroups)
        throw new MalformedReport('groups are nested too deep', xml.line);
      this.#groups.push(xml.attribute(attribute.name) ?? '');
    }
  }

  close(xml: XmlTag): void {
    if (xml.is(tag.line) || xml.is(tag.counter)) return;
    if (xml.is(tag.sourcefile)) {
      if (this.#path !== undefined) this.#files.add(this.#file.finish(this.#path));
      this.#path = undefined;
    } else if (xml.is(tag.method)) this.#method = undefined;
    else if (xml.is(tag.class)) {
      if (this.#class?.path !== undefined) this.#files.add(this.#file.finish(this.#class.path));
      this.#class = undefined;
    } else if (xml.is(tag.group)) this.#groups.pop();
  }

  #pathOf(name: string): string {
    return [...this.#groups, this.#package, name].filter((part) => part !== '').join('/');
  }

  #counter(xml: XmlTag): void {
    if (this.#path !== undefined) this.#withoutLine(xml);
    if (this.#method === undefined || this.#class?.path === undefined) return;
    if (xml.attribute(attribute.type) !== 'METHOD') return;
    this.#file.item(
      'functions',
      textKey(`${this.#class.name} ${this.#method}`),
      xml.ran(attribute.covered) ? 1 : 0,
      1,
    );
  }

  /** What the source file counts beyond its lines. */
  #withoutLine(xml: XmlTag): void {
    if (xml.attribute(attribute.type) !== 'INSTRUCTION') return;
    const ran = Math.max(0, (xml.number(attribute.covered) ?? 0) - this.#ofLines.ran);
    const missed = Math.max(0, (xml.number(attribute.missed) ?? 0) - this.#ofLines.missed);
    const total = Math.min(ran + missed, largestShare);
    if (total > 0) this.#file.item('instructions', 0, Math.min(ran, total), total);
  }

  #line(xml: XmlTag): void {
    if (this.#path === undefined) return;
    const line = xml.lineNumber(attribute.nr);
    if (line === 0) {
      this.#lineZero += 1;
      return;
    }
    if (xml.number(attribute.ci) === undefined && xml.number(attribute.mi) === undefined) {
      throw new MalformedReport(
        'this line has no count of instructions, so the report does not say what ran; write Cobertura or lcov instead',
        xml.line,
      );
    }
    const instructions = this.#count(xml, attribute.ci);
    const missedInstructions = this.#count(xml, attribute.mi);
    this.#ofLines.ran += instructions;
    this.#ofLines.missed += missedInstructions;
    this.#file.line(line, instructions > 0);
    if (instructions + missedInstructions > 0) {
      this.#file.item('instructions', line, instructions, instructions + missedInstructions);
    }
    const branches = this.#count(xml, attribute.cb);
    const missedBranches = this.#count(xml, attribute.mb);
    if (branches + missedBranches > 0) this.#file.branch(line, 0, branches, branches + missedBranches);
  }

  #count(xml: XmlTag, name: XmlName): number {
    const value = xml.number(name) ?? 0;
    if (value > largestShare / 2) throw xml.wrong(name);
    return value;
  }
}
