import { projectUrl } from '../core/project.ts';

const pages = `${projectUrl}/blob/main/docs/rules`;

/** The page of a rule: what it measures, its sources, when it stays quiet. */
export function rulePage(rule: string): string {
  return `${pages}/${rule}.md`;
}
