import { CloverReader } from './clover.ts';
import { CoberturaReader } from './cobertura.ts';
import { GoCoverReader } from './go-cover.ts';
import { IstanbulReader } from './istanbul.ts';
import { IstanbulSummaryReader } from './istanbul-summary.ts';
import { JacocoReader } from './jacoco.ts';
import { LcovReader } from './lcov.ts';
import type { ReportFormat, ReportReader } from './raw-report.ts';
import { ScoverageReader } from './scoverage.ts';

/** A fresh reader for one report of the given format. */
export function openReader(format: ReportFormat): ReportReader {
  switch (format) {
    case 'lcov':
      return new LcovReader();
    case 'cobertura':
      return new CoberturaReader();
    case 'scoverage':
      return new ScoverageReader();
    case 'jacoco':
      return new JacocoReader();
    case 'clover':
      return new CloverReader();
    case 'go-cover':
      return new GoCoverReader();
    case 'istanbul':
      return new IstanbulReader();
    case 'istanbul-summary':
      return new IstanbulSummaryReader();
  }
}
