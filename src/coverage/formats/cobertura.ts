import { counted } from '../wording.ts';
import { readLineTagRun } from './cobertura-runs.ts';
import { largestShare } from './file-coverage.ts';
import { FileCoverageBuilder } from './file-coverage-builder.ts';
import { FileList } from './file-list.ts';
import { lineZeroRemark } from './line-zero-remark.ts';
import { NameKey } from './name-key.ts';
import type { RawReport, ReportReader } from './raw-report.ts';
import { xmlReport } from './xml-report.ts';
import { type XmlHandler, XmlScanner } from './xml-scanner.ts';
import { type XmlTag, xmlName } from './xml-tag.ts';

const tag = {
  source: xmlName('source'),
  class: xmlName('class'),
  method: xmlName('method'),
  line: xmlName('line'),
};
const attribute = {
  filename: xmlName('filename'),
  name: xmlName('name'),
  signature: xmlName('signature'),
  number: xmlName('number'),
  hits: xmlName('hits'),
  conditions: xmlName('condition-coverage'),
};

/**
 * Reads Cobertura XML of Cobertura itself, coverage.py, coverlet, gcovr, Istanbul, scoverage and others. Lines are those
 * of the class; its methods repeat them or name lines of their own, which count only where a class has none. The rates and totals that a report states are not used, because they count classes that
 * share a file twice. A line ran when its hits say so; its branches are the "(1/2)" of its condition coverage.
 */
export class CoberturaReader implements ReportReader, XmlHandler {
  readonly #xml = new XmlScanner(this);
  readonly #files = new FileList();
  readonly #file = new FileCoverageBuilder();
  readonly #methodLines = new FileCoverageBuilder();
  #hasClassLines = false;
  readonly #sources: string[] = [];
  #path: string | undefined;
  readonly #classKey = new NameKey();
  readonly #methodKey = new NameKey();
  #isInMethod = false;
  /** Of the open method; 0 before its first line. */
  #firstLine = 0;
  #methodRan = false;
  #lineZero = 0;
  #nameless = 0;

  push(chunk: Uint8Array): void {
    this.#xml.push(chunk);
  }

  finish(): RawReport {
    const remarks = [...lineZeroRemark(this.#lineZero)];
    if (this.#nameless > 0)
      remarks.push(`${counted(this.#nameless, 'class', 'classes')} without a file name left out`);
    return xmlReport('cobertura', this.#xml, this.#files, remarks, this.#sources);
  }

  /** Most of a report are lines, and these are read without a call for each. */
  openRun(bytes: Uint8Array, at: number, end: number, xml: XmlTag): number {
    if (this.#path === undefined) return at;
    const file = this.#isInMethod ? this.#methodLines : this.#file;
    const { lines, branches } = file;
    if (lines.isFull) lines.makeRoom();
    const before = lines.count;
    const stop = readLineTagRun(bytes, at, end, xml, lines, branches);
    if (stop === at) return stop;
    if (this.#isInMethod) {
      for (let index = lines.start + before; index < lines.end; index += 1) {
        const packed = lines.values[index] as number;
        this.#methodLine(packed >>> 1, (packed & 1) === 1);
      }
    } else this.#hasClassLines = true;
    return stop;
  }

  open(xml: XmlTag): void {
    if (xml.is(tag.line)) this.#line(xml);
    else if (xml.is(tag.class)) {
      this.#endClass();
      const path = xml.attribute(attribute.filename) ?? '';
      if (path === '') this.#nameless += 1;
      this.#path = path === '' ? undefined : path;
      this.#classKey.restart();
      xml.addTo(this.#classKey, attribute.name);
      this.#classKey.addText(' ');
    } else if (xml.is(tag.method)) {
      this.#isInMethod = true;
      this.#firstLine = 0;
      this.#methodRan = false;
      this.#methodKey.restart(this.#classKey);
      xml.addTo(this.#methodKey, attribute.name);
      xml.addTo(this.#methodKey, attribute.signature);
    } else if (xml.is(tag.source)) xml.keepText = true;
  }

  close(xml: XmlTag): void {
    if (xml.is(tag.line)) return;
    if (xml.is(tag.class)) this.#endClass();
    else if (xml.is(tag.method)) this.#endMethod();
    else if (xml.is(tag.source)) {
      const source = xml.text().trim();
      if (source !== '' && this.#sources.length < 100) this.#sources.push(source);
    }
  }

  #line(xml: XmlTag): void {
    if (this.#path === undefined) return;
    const line = xml.lineNumber(attribute.number);
    if (line === 0) {
      this.#lineZero += 1;
      return;
    }
    const ran = xml.ran(attribute.hits);
    const lines = this.#isInMethod ? this.#methodLines : this.#file;
    lines.line(line, ran);
    // A percentage alone ("100%") says nothing that can be counted.
    const branches = xml.fraction(attribute.conditions);
    if (branches !== undefined && branches.total > 0) {
      const { covered, total } = branches;
      if (covered > total || total > largestShare) throw xml.wrong(attribute.conditions);
      lines.branch(line, 0, covered, total);
    }
    if (this.#isInMethod) this.#methodLine(line, ran);
    else this.#hasClassLines = true;
  }

  #methodLine(line: number, ran: boolean): void {
    if (this.#firstLine === 0) this.#firstLine = line;
    if (ran) this.#methodRan = true;
  }

  #endMethod(): void {
    if (this.#isInMethod && this.#firstLine > 0) {
      this.#methodKey.addText(` ${this.#firstLine}`);
      this.#file.item('functions', this.#methodKey.value(), this.#methodRan ? 1 : 0, 1);
    }
    this.#isInMethod = false;
  }

  #endClass(): void {
    this.#endMethod();
    if (this.#path !== undefined) {
      if (this.#hasClassLines) this.#methodLines.clear();
      else this.#files.add(this.#methodLines.finish(this.#path));
      this.#files.add(this.#file.finish(this.#path));
    }
    this.#hasClassLines = false;
    this.#path = undefined;
  }
}
