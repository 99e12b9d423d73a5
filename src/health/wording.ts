import type { Measure } from '../core/health-report.ts';
import { isUnavailable } from '../core/part.ts';
import { rangeText, thousands } from '../core/quantity-text.ts';

/** "; usually here 4 to 18 hours", or nothing where there is no range. */
export function usuallyText({ unit, usual }: Measure): string {
  return isUnavailable(usual) ? '' : `; usually here ${rangeText(unit, usual)}`;
}

export function counted(value: number, one: string, other = `${one}s`): string {
  return `${thousands(value)} ${value === 1 ? one : other}`;
}
