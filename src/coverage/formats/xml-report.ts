import type { FileList } from './file-list.ts';
import type { RawReport, ReportFormat } from './raw-report.ts';
import type { XmlScanner } from './xml-scanner.ts';

/** What a reader of an XML format has gathered, as a report: cut off when its root was never closed. */
export function xmlReport(
  format: ReportFormat,
  xml: XmlScanner,
  files: FileList,
  remarks: readonly string[],
  sources: readonly string[] = [],
): RawReport {
  const cutOff = xml.cutOff();
  return { format, files: files.toArray(), sources, remarks, ...(cutOff === undefined ? {} : { cutOff }) };
}
