const integers = new Intl.NumberFormat('en');
const plurals = new Intl.PluralRules('en');

/** "1,204". */
export function count(value: number): string {
  return integers.format(value);
}

/** "1 finding", "2 findings". */
export function counted(value: number, one: string, other = `${one}s`): string {
  return `${count(value)} ${plurals.select(value) === 'one' ? one : other}`;
}
