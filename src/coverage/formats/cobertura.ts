import { counted } from '../wording.ts';
import { largestShare, lastLineNumber } from './file-coverage.ts';
import { FileCoverageBuilder } from './file-coverage-builder.ts';
import { FileList } from './file-list.ts';
import { textKey } from './name-key.ts';
import type { RawReport, ReportReader } from './raw-report.ts';
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

interface OpenMethod {
  readonly name: string;
  firstLine: number;
  ran: boolean;
}

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
  #class = '';
  #method: OpenMethod | undefined;
  #lineZero = 0;
  #nameless = 0;

  push(chunk: Uint8Array): void {
    this.#xml.push(chunk);
  }

  finish(): RawReport {
    const cutOff = this.#xml.cutOff();
    const remarks: string[] = [];
    if (this.#lineZero > 0)
      remarks.push(`${counted(this.#lineZero, 'entry', 'entries')} for line 0 left out`);
    if (this.#nameless > 0)
      remarks.push(`${counted(this.#nameless, 'class', 'classes')} without a file name left out`);
    return {
      format: 'cobertura',
      files: this.#files.toArray(),
      sources: this.#sources,
      remarks,
      ...(cutOff === undefined ? {} : { cutOff }),
    };
  }

  open(xml: XmlTag): void {
    if (xml.is(tag.line)) this.#line(xml);
    else if (xml.is(tag.class)) {
      this.#endClass();
      const path = xml.attribute(attribute.filename) ?? '';
      if (path === '') this.#nameless += 1;
      this.#path = path === '' ? undefined : path;
      this.#class = xml.attribute(attribute.name) ?? '';
    } else if (xml.is(tag.method)) {
      const name = `${xml.attribute(attribute.name) ?? ''}${xml.attribute(attribute.signature) ?? ''}`;
      this.#method = { name, firstLine: 0, ran: false };
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
    const line = xml.number(attribute.number);
    if (line === undefined || line > lastLineNumber) throw xml.wrong(attribute.number);
    if (line === 0) {
      this.#lineZero += 1;
      return;
    }
    const ran = xml.ran(attribute.hits);
    const lines = this.#method === undefined ? this.#file : this.#methodLines;
    lines.line(line, ran);
    // A percentage alone ("100%") says nothing that can be counted.
    const branches = xml.fraction(attribute.conditions);
    if (branches !== undefined && branches.total > 0) {
      const { covered, total } = branches;
      if (covered > total || total > largestShare) throw xml.wrong(attribute.conditions);
      lines.branch(line, 0, covered, total);
    }
    if (this.#method === undefined) {
      this.#hasClassLines = true;
      return;
    }
    if (this.#method.firstLine === 0) this.#method.firstLine = line;
    if (ran) this.#method.ran = true;
  }

  #endMethod(): void {
    if (this.#method !== undefined && this.#method.firstLine > 0) {
      const key = textKey(`${this.#class} ${this.#method.name} ${this.#method.firstLine}`);
      this.#file.item('functions', key, this.#method.ran ? 1 : 0, 1);
    }
    this.#method = undefined;
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
