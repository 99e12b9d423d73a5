const pages = 'https://github.com/review-vitals/review-vitals/blob/main/docs/rules';

/** The page of a rule: what it measures, its sources, when it stays quiet. */
export function rulePage(rule: string): string {
  return `${pages}/${rule}.md`;
}
