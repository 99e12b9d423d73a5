import { thousands } from '../core/quantity-text.ts';

/** "1 line", "2,310 lines". */
export function counted(amount: number, noun: string): string {
  return `${thousands(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** Minutes as people say them, cut off, never rounded up: "less than a minute", "45 minutes", "3 hours", "2 days". */
export function duration(minutes: number): string {
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return counted(Math.trunc(minutes), 'minute');
  if (minutes < 48 * 60) return counted(Math.trunc(minutes / 60), 'hour');
  return counted(Math.trunc(minutes / 1440), 'day');
}

/** The same for "within …": rounded up, since less would not be true of it. */
export function durationAtMost(minutes: number): string {
  if (minutes <= 1) return 'a minute';
  const unit = minutes <= 120 ? 1 : minutes <= 48 * 60 ? 60 : 1440;
  return duration(Math.ceil(minutes / unit) * unit);
}

/** A share as a whole percent, cut off; "under 1 %" keeps a small one from reading as none. */
export function percent(share: number): string {
  return share > 0 && share < 0.01 ? 'under 1 %' : `${Math.trunc(share * 100)} %`;
}
