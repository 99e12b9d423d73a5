import { isMap, parseDocument, visit, type YAMLMap } from 'yaml';
import type { GitHubClient } from '../../collect/github/create-client.ts';
import { ownCheckRuns } from '../../collect/github/own-check-runs.ts';
import { isOwnName } from '../../collect/set-up/own-actions.ts';
import type { CommitId } from '../../core/change.ts';
import type { RepositoryName } from './repository.ts';

export interface SpeakingQuestion extends RepositoryName {
  readonly client: GitHubClient;
  readonly appId: number;
  readonly instance: string;
  readonly head: CommitId;
  /** Workflows are read here: what runs is what the base branch says, and a pull request cannot silence the App. */
  readonly base: CommitId;
}

interface Workflows {
  readonly repository: {
    readonly object: {
      readonly entries?: readonly {
        readonly name: string;
        readonly object: { readonly text?: string | null } | null;
      }[];
    } | null;
  } | null;
}

const workflowsQuery = `query Workflows($owner:String!,$name:String!,$folder:String!){
  repository(owner:$owner,name:$name){object(expression:$folder){... on Tree{entries{name object{... on Blob{text}}}}}}
}`;

/** What a step names that runs the Action, whoever's copy of it, in text that is no YAML; a comment is none. */
const step = /^[ \t]*(?:-[ \t]+)?uses:[ \t]*["']?[\w.-]+\/review-vitals(?:\/[\w./-]+)?@/m;

/**
 * Where the Action already speaks in a repository, the App stays silent: why, or undefined when it may speak. Told by a
 * check run of ours that another app made on the head, and by a workflow of the base that has the Action as a step which
 * judges: one of `mode: collect` only leaves data, and the App reads it.
 * Throws what may pass: two voices would be worse than a later one.
 */
export async function actionSpeaks(question: SpeakingQuestion): Promise<string | undefined> {
  const { client, head, appId, instance } = question;
  const answer = await ownCheckRuns<{ readonly app: { readonly id: number } | null }>(
    client,
    question,
    instance,
  );
  if (!answer.ok) throw new Error(`The check runs of ${head} could not be read: ${answer.error.message}`);
  if (answer.data.some(({ app }) => app !== null && app.id !== appId))
    return 'the Action has judged this head already';
  return workflowSpeaks(question);
}

/** The same, told by the workflows at `base` alone: a commit, or a full ref. */
export async function workflowSpeaks({
  client,
  owner,
  name,
  base,
}: Pick<SpeakingQuestion, 'client' | 'owner' | 'name' | 'base'>): Promise<string | undefined> {
  const answer = await client.graphql<Workflows>(workflowsQuery, {
    owner,
    name,
    folder: `${base}:.github/workflows`,
  });
  if (!answer.ok) throw new Error(`The workflows at ${base} could not be read: ${answer.error.message}`);
  const entries = answer.data.repository?.object?.entries ?? [];
  const found = entries.find(({ name: file, object }) => /\.ya?ml$/.test(file) && judges(object?.text ?? ''));
  return found && `the workflow ${found.name} runs the Action`;
}

function judges(workflow: string): boolean {
  if (!workflow.includes('/review-vitals')) return false;
  const document = parseDocument(workflow, { logLevel: 'silent' });
  if (document.errors.length > 0) return step.test(workflow);
  let does = false;
  visit(document, {
    Map(_key, map) {
      const uses = map.get('uses');
      if (typeof uses !== 'string' || !isOwnName(uses) || modeOf(map) === 'collect') return;
      does = true;
      return visit.BREAK;
    },
  });
  return does;
}

function modeOf(step: YAMLMap): unknown {
  const inputs = step.get('with');
  return isMap(inputs) ? inputs.get('mode') : undefined;
}
