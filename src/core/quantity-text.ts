import type { MeasureUnit, UsualRange } from './health-report.ts';

/** "40 minutes", "6.2 hours", "2.5 days": cut and not rounded, with a no-break space. */
export function hoursText(hours: number): string {
  if (hours < 1) return quantity(Math.floor(hours * 60 + 1e-9), 'minute');
  if (hours < 48) return quantity(cut(hours), 'hour');
  return quantity(cut(hours / 24), 'day');
}

/** "43 %": cut to whole percent, with a no-break space. */
export function percentText(ratio: number): string {
  return `${wholePercent(ratio)}\u00a0%`;
}

/** "2310" → "2,310". */
export function thousands(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** "20 lines", "1 file", "0.5 ratio": a threshold with the unit that its rule gives it, always a plural. */
export function thresholdText(value: number, unit: string): string {
  return `${value} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
}

/** A value of a measure in its own unit. */
export function valueText(unit: MeasureUnit, value: number): string {
  switch (unit) {
    case 'ratio':
      return percentText(value);
    case 'hours':
      return hoursText(value);
    case 'count':
      return String(cut(value));
  }
}

/** "4 to 18 hours", "4 hours to 2.5 days", "0 to 20 %", "1 to 3"; one value where both ends read the same. */
export function rangeText(unit: MeasureUnit, { low, high }: Pick<UsualRange, 'low' | 'high'>): string {
  if (unit === 'count') {
    // A count is whole: the least and the greatest that lie inside.
    const [least, greatest] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)];
    return least < greatest ? `${least} to ${greatest}` : `${greatest}`;
  }
  const [from, to] = [valueText(unit, low), valueText(unit, high)];
  if (from === to) return to;
  const [number, unitOfLow] = from.split('\u00a0');
  const isSameUnit = unitOfLow?.replace(/s$/, '') === to.split('\u00a0')[1]?.replace(/s$/, '');
  return `${isSameUnit ? number : from} to ${to}`;
}

function quantity(value: number, one: string): string {
  return `${value}\u00a0${one}${value === 1 ? '' : 's'}`;
}

function wholePercent(ratio: number): number {
  return Math.floor(ratio * 100 + 1e-9);
}

/** One decimal below ten, none above. */
function cut(value: number): number {
  return value < 10 ? Math.floor(value * 10 + 1e-9) / 10 : Math.floor(value + 1e-9);
}
