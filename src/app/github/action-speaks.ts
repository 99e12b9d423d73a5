import type { GitHubClient } from '../../collect/github/create-client.ts';
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

interface CheckRuns {
  readonly check_runs: readonly {
    readonly external_id: string | null;
    readonly app: { readonly id: number } | null;
  }[];
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

/** A step that runs the Action, whoever's copy of it; a comment is none. */
const step = /^[ \t]*(?:-[ \t]+)?uses:[ \t]*["']?[\w.-]+\/review-vitals(?:\/[\w./-]+)?@/m;

/**
 * Where the Action already speaks in a repository, the App stays silent: why, or undefined when it may speak. Told by a
 * check run of ours that another app made on the head, and by a workflow of the base that has the Action as a step.
 * Throws what may pass: two voices would be worse than a later one.
 */
export async function actionSpeaks(question: SpeakingQuestion): Promise<string | undefined> {
  const { client, owner, name, head, appId, instance } = question;
  const answer = await client.rest<CheckRuns>('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    owner,
    repo: name,
    ref: head,
    filter: 'all',
    per_page: 100,
  });
  if (!answer.ok) throw new Error(`The check runs of ${head} could not be read: ${answer.error.message}`);
  const other = answer.data.check_runs.find(
    ({ external_id, app }) => external_id === `review-vitals:${instance}` && app !== null && app.id !== appId,
  );
  if (other) return 'the Action has judged this head already';
  const workflow = await workflowWithStep(question);
  return workflow === undefined ? undefined : `the workflow ${workflow} runs the Action`;
}

async function workflowWithStep({
  client,
  owner,
  name,
  base,
}: SpeakingQuestion): Promise<string | undefined> {
  const answer = await client.graphql<Workflows>(workflowsQuery, {
    owner,
    name,
    folder: `${base}:.github/workflows`,
  });
  if (!answer.ok) throw new Error(`The workflows at ${base} could not be read: ${answer.error.message}`);
  const entries = answer.data.repository?.object?.entries ?? [];
  return entries.find(({ name: file, object }) => /\.ya?ml$/.test(file) && step.test(object?.text ?? ''))
    ?.name;
}
