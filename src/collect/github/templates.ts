import type { PullRequestAnswer, PullRequestNode, TemplateEntry } from './pull-request-answer.ts';

type Listed = NonNullable<PullRequestAnswer['repository']>['pullRequestTemplates'];
type Target = NonNullable<PullRequestNode['baseRef']>['target'] | undefined;

/**
 * Every template that a pull request's text may have started from, each once: those GitHub lists for the repository
 * (default branch, in whatever spelling) and those that stand on the base branch.
 */
export function templatesOf(listed: Listed, target: Target): readonly string[] {
  const texts = [
    ...(listed ?? []).map(({ body }) => body),
    ...Object.values(target ?? {}).flatMap((entry) => (entry ? textsOf(entry) : [])),
  ];
  return [...new Set(texts.filter((text): text is string => Boolean(text?.trim())))];
}

function textsOf({ object }: TemplateEntry): readonly (string | null | undefined)[] {
  const inFolder = (object?.entries ?? []).filter(({ name }) => /\.(?:md|txt)$/i.test(name));
  return [object?.text, ...inFolder.map((entry) => entry.object?.text)];
}
