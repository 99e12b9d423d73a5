import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitId } from '../core/change.ts';
import type { Facts, Repository } from '../core/facts.ts';
import { isUnavailable, type Part, unavailable } from '../core/part.ts';
import { noSettings, type SettingsInForce } from '../core/settings.ts';
import type { WorkflowRun } from './artifact/workflow-run.ts';
import { collectSettings, type MergeSettings, type ParseSettings } from './collect-settings.ts';
import type { JudgedRepository } from './git/judged-repository.ts';
import { type KeptRemote, openRepository } from './git/open-repository.ts';
import type { GitHubClient } from './github/create-client.ts';
import type { PullRequestReading } from './github/read-pull-request.ts';
import type { KeptChains } from './kept-chains.ts';
import type { Begun } from './look-up.ts';
import { createPeople, type People } from './people.ts';

export interface CollectRequest {
  /** ISO 8601, UTC. */
  readonly now: string;
  readonly repository: Repository;
  /** The folder the tests ran in, with their coverage reports; it need not be a git checkout. */
  readonly checkout: string;
  /** Where git objects come from when the checkout is not complete. */
  readonly remote?: KeptRemote;
  /** Where coverage and health records are kept, when not under the hidden refs of `remote`. */
  readonly chains?: KeptChains;
  /** An empty folder of ours; the caller removes it. */
  readonly scratchFolder: string;
  /** Globs of coverage reports; empty looks for the well-known names. */
  readonly coverage: readonly string[];
  /** Globs of reports of the base commit, in place of the stored coverage. */
  readonly baseCoverage?: readonly string[];
  /**
   * The tests ran elsewhere, and what they measured lies in artifacts: of the run that is named and those beside it, or of
   * whatever has run on the head. Without this it lies in the checkout.
   */
  readonly tests?: { readonly run?: WorkflowRun };
  readonly question: PullRequestQuestion | BranchQuestion;
}

/** How settings are read: config knows, and the pipeline hands it in. */
export interface SettingsReader {
  readonly parse: ParseSettings;
  readonly merge: MergeSettings;
}

export interface PullRequestQuestion {
  readonly kind: 'pull-request';
  readonly owner: string;
  readonly name: string;
  readonly number: number;
  readonly head: CommitId;
  /** Tip of the base branch as the event told it. */
  readonly base: CommitId;
  readonly baseName: string;
  /** The merge commit the run was started for. */
  readonly mergeCommit?: CommitId;
  readonly client: GitHubClient;
  readonly instance: string;
}

export interface BranchQuestion {
  readonly kind: 'branch';
  /** Revisions as a person types them; an empty base means the branch that is the remote's default, else main or master. */
  readonly base: string;
  readonly head: string;
  /** Text and timeline of the pull request, where a file recorded them. */
  readonly reading?: PullRequestReading;
}

interface Ends {
  readonly base: CommitId;
  readonly head: CommitId;
  readonly baseName: string;
}

const usualBases = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];
const localRun =
  'a local branch has no pull request to read; name one with --pull, or let the GitHub Action read it';

/** Looks at everything once. What cannot be had is said in its part; nothing is thrown for it. */
export async function collectFacts(request: CollectRequest, reader: SettingsReader): Promise<Facts> {
  const { question } = request;
  const salt = randomBytes(32).toString('hex');
  // Who is a bot is known with the settings, and those are read from the repository: until then nobody is looked up.
  let know: (people: People) => void = () => undefined;
  const known = new Promise<People>((resolve) => {
    know = resolve;
  });
  const opening = openRepository({
    // A job without a checkout step has an empty workspace; a person names a folder and means it.
    ...((question.kind === 'branch' || existsSync(join(request.checkout, '.git'))) && {
      checkout: request.checkout,
    }),
    ...(request.remote && { remote: request.remote }),
    scratchFolder: request.scratchFolder,
    people: known,
    trustUserConfig: question.kind === 'branch',
  });
  // Git works by now: what is needed later loads meanwhile.
  const later = import('./look-up.ts');
  const repository = await opening;
  try {
    const ends = isUnavailable(repository) ? repository : await endsOf(question, repository);
    const reachable = isUnavailable(repository) || isUnavailable(ends) ? undefined : { repository, ends };
    const settling = reachable
      ? settingsOf(request, reader, reachable.repository, reachable.ends)
      : Promise.resolve(noSettings);
    let begun: Promise<Begun> | undefined;
    const comparing = reachable?.repository.readChange({
      ...reachable.ends,
      onFiles: (files) => {
        const known = settling.then(({ settings }) => settings);
        begun = later.then(({ beginWithoutLines }) =>
          beginWithoutLines(request, reachable.repository, files, known),
        );
      },
    });
    const settings = await settling;
    const people = createPeople(salt, settings.settings.bots);
    know(people);
    const [reading, change] = await Promise.all([
      question.kind === 'branch'
        ? (question.reading ?? notRead(localRun))
        : (await import('./github/read-pull-request.ts')).readPullRequest(question.client, question, people, {
            approvalWords: settings.settings.approvalComments ?? [],
          }),
      comparing ?? (isUnavailable(ends) ? ends : unavailable('the repository could not be read')),
    ]);
    return {
      schemaVersion: 1,
      now: request.now,
      seed: isUnavailable(change) ? 1 : Number.parseInt(change.head.slice(0, 8), 16),
      repository: request.repository,
      asked: question.kind === 'branch' ? {} : { pullRequest: question.number, head: question.head },
      settings,
      pullRequest: reading.pullRequest,
      replies:
        question.kind === 'branch'
          ? []
          : await (await import('./read-replies.ts')).readReplies(question.client, question),
      change,
      ...(await (
        await later
      ).lookUp(request, {
        settings: settings.settings,
        people,
        repository,
        change,
        reading,
        ...(begun && { begun: await begun }),
      })),
    };
  } finally {
    if (!isUnavailable(repository)) await repository.close();
  }
}

function settingsOf(
  { question, repository: { name } }: CollectRequest,
  reader: SettingsReader,
  repository: JudgedRepository,
  ends: Ends,
): Promise<SettingsInForce> {
  return collectSettings(repository, ends, {
    ...reader,
    ...(question.kind === 'pull-request' && {
      client: question.client,
      repository: name,
      instance: question.instance,
    }),
  });
}

function notRead(reason: string): PullRequestReading {
  return { pullRequest: unavailable(reason), review: unavailable(reason), remarks: [] };
}

async function endsOf(
  question: CollectRequest['question'],
  repository: JudgedRepository,
): Promise<Part<Ends>> {
  if (question.kind === 'pull-request') {
    return { base: await baseOf(question, repository), head: question.head, baseName: question.baseName };
  }
  const [head, found] = await Promise.all([
    repository.resolve(question.head),
    firstBase(question.base ? [question.base, `origin/${question.base}`] : usualBases, repository),
  ]);
  if (isUnavailable(head)) return head;
  if (found) return { ...found, head };
  return question.base
    ? repository
        .resolve(question.base)
        .then((base) => (isUnavailable(base) ? base : { base, head, baseName: question.base }))
    : unavailable(
        'It is not known what the change goes to: neither origin/HEAD nor main nor master exists. Name it with --base.',
      );
}

async function firstBase(
  names: readonly string[],
  repository: JudgedRepository,
): Promise<Omit<Ends, 'head'> | undefined> {
  for (const baseName of names) {
    const base = await repository.resolve(baseName);
    if (!isUnavailable(base)) return { base, baseName: shortened(baseName) };
  }
  return undefined;
}

/** A base that was named by its id is told as ids are: the rest of one says nothing to a reader. */
function shortened(name: string): string {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name) ? name.slice(0, 7) : name;
}

/**
 * The base as of the merge that the run was started for: the event's own base id can be older. The merge commit says so
 * only while its second parent is the head that is judged; after a push in between it is another one.
 */
async function baseOf(question: PullRequestQuestion, repository: JudgedRepository): Promise<CommitId> {
  if (!question.mergeCommit) return question.base;
  const parents = await repository.parentsOf(question.mergeCommit);
  if (isUnavailable(parents)) return question.base;
  const [first, second] = parents;
  return first !== undefined && second === question.head ? first : question.base;
}
