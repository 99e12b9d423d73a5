import { FileCoverageBuilder } from './file-coverage-builder.ts';
import { FileList } from './file-list.ts';
import { textKey } from './name-key.ts';
import type { RawReport, ReportReader } from './raw-report.ts';
import { xmlReport } from './xml-report.ts';
import { type XmlHandler, XmlScanner } from './xml-scanner.ts';
import { type XmlTag, xmlName } from './xml-tag.ts';

const tag = { class: xmlName('class'), statement: xmlName('statement') };
const attribute = {
  name: xmlName('name'),
  filename: xmlName('filename'),
  source: xmlName('source'),
  method: xmlName('method'),
  start: xmlName('start'),
  end: xmlName('end'),
  branch: xmlName('branch'),
  line: xmlName('line'),
  count: xmlName('invocation-count'),
  ignored: xmlName('ignored'),
};

/**
 * Reads scoverage.xml, which counts statements: a line is known when a statement stands on it and ran when one of them
 * did. Statements that scoverage was told to ignore are left out. Several may have one place: they are told apart by their
 * class, method, side and order.
 */
export class ScoverageReader implements ReportReader, XmlHandler {
  readonly #xml = new XmlScanner(this);
  readonly #files = new FileList();
  readonly #file = new FileCoverageBuilder();
  #classPath = '';
  #className = '';
  /** How often a place was seen in the open class. */
  #seen = new Map<string, number>();
  #path = '';

  push(chunk: Uint8Array): void {
    this.#xml.push(chunk);
  }

  finish(): RawReport {
    this.#endFile();
    return xmlReport('scoverage', this.#xml, this.#files, []);
  }

  open(xml: XmlTag): void {
    if (xml.is(tag.statement)) this.#statement(xml);
    else if (xml.is(tag.class)) {
      this.#classPath = xml.attribute(attribute.filename) ?? '';
      this.#className = xml.attribute(attribute.name) ?? '';
      this.#seen = new Map();
    }
  }

  close(): void {}

  #statement(xml: XmlTag): void {
    const path = xml.attribute(attribute.source) ?? this.#classPath;
    if (path === '' || xml.attribute(attribute.ignored) === 'true') return;
    if (path !== this.#path) this.#endFile();
    this.#path = path;
    const line = xml.lineNumber(attribute.line);
    if (line === 0) return;
    const ran = xml.ran(attribute.count);
    this.#file.line(line, ran);
    const place = [attribute.method, attribute.start, attribute.end, attribute.branch, attribute.line]
      .map((name) => xml.attribute(name))
      .join(' ');
    const earlier = this.#seen.get(place) ?? 0;
    this.#seen.set(place, earlier + 1);
    this.#file.item('statements', textKey(`${this.#className} ${place} ${earlier}`), ran ? 1 : 0, 1);
  }

  #endFile(): void {
    if (this.#path !== '') this.#files.add(this.#file.finish(this.#path));
    this.#path = '';
  }
}
