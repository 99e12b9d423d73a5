import { compareVersions } from '../detect/compare-versions.ts';

/** What a framework keeps of a version when it notes down what has run. */
export function versionKey(framework: string, version: string): string {
  // Diesel and Hasura name folders `2024-05-01-120000_name`; Flyway takes 1.0 for 1.
  if (framework === 'diesel' || framework === 'hasura')
    return (version.split('_')[0] ?? '').replaceAll('-', '');
  if (framework === 'flyway') return version.replace(/(?:\.0+)+$/, '');
  return version;
}

export function isSameVersion(framework: string, a: string, b: string): boolean {
  return a !== '' && b !== '' && compareVersions(versionKey(framework, a), versionKey(framework, b)) === 0;
}

/** Whether `a` comes before `b`. */
export function isEarlier(framework: string, a: string, b: string): boolean {
  return a !== '' && b !== '' && compareVersions(versionKey(framework, a), versionKey(framework, b)) < 0;
}
