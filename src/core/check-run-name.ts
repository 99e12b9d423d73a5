/** Name of the check run; instances of one repository have their own. */
export function checkRunName(instance: string): string {
  return instance === 'default' ? 'Review Vitals' : `Review Vitals (${instance})`;
}
