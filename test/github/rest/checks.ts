import { resolveCommit } from '../git/commits.ts';
import { type Call, param, type Route, repositoryFor, text } from '../http/route.ts';
import { checkRunJson, checkSuiteJson } from '../represent/check-run.ts';
import { repositoryHtml } from '../represent/urls.ts';
import {
  type CheckAnnotation,
  type CheckRun,
  type CheckSuite,
  isPullRequest,
  Refusal,
  type Repository,
} from '../state/model.ts';

const runs = '/repos/{owner}/{repo}/check-runs';
const one = `${runs}/{check_run_id}`;

export const checkRoutes: readonly Route[] = [
  {
    operation: `POST ${runs}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'checks', 'write');
      if (call.viewer.token?.kind === 'user') {
        throw new Refusal(403, 'You must authenticate via a GitHub App.');
      }
      const headSha = resolveCommit(repository.directory, text(call, 'head_sha') ?? '');
      if (headSha === undefined) throw new Refusal(422, `No commit found for SHA: ${text(call, 'head_sha')}`);
      const at = call.state.now();
      const run: CheckRun = {
        id: call.state.nextId(),
        suiteId: suiteFor(call, repository, headSha).id,
        appId: call.state.appOf(call.viewer.token).id,
        name: text(call, 'name') ?? '',
        headSha,
        status: 'queued',
        conclusion: null,
        externalId: '',
        detailsUrl: null,
        startedAt: at,
        completedAt: null,
        title: null,
        summary: null,
        text: null,
        annotations: [],
      };
      update(call, run);
      repository.checkRuns.push(run);
      emit(call, repository, run, 'created');
      return { status: 201, body: checkRunJson(call.state, repository, run) };
    },
  },
  {
    operation: `GET ${one}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'checks', 'read');
      return { status: 200, body: checkRunJson(call.state, repository, runFor(call, repository)) };
    },
  },
  {
    operation: `PATCH ${one}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'checks', 'write');
      const run = runFor(call, repository);
      if (run.appId !== call.state.appOf(call.viewer.token).id || call.viewer.token?.kind === 'user') {
        throw new Refusal(
          403,
          'Invalid app_id `' +
            String(call.viewer.token?.appId) +
            '` - check run can only be modified by the GitHub App that created it.',
        );
      }
      update(call, run);
      if (run.status === 'completed') emit(call, repository, run, 'completed');
      return { status: 200, body: checkRunJson(call.state, repository, run) };
    },
  },
  {
    operation: `GET ${one}/annotations`,
    handle: (call) => {
      const repository = repositoryFor(call, 'checks', 'read');
      const run = runFor(call, repository);
      const blob = repositoryHtml(call.state, repository, `/blob/${run.headSha}`);
      return {
        status: 200,
        list: run.annotations.map((annotation) => ({
          start_column: null,
          end_column: null,
          title: '',
          raw_details: '',
          ...annotation,
          blob_href: `${blob}/${annotation.path}`,
        })),
      };
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs',
    handle: (call) => {
      const repository = repositoryFor(call, 'checks', 'read');
      const suite = Number(param(call, 'check_suite_id'));
      return listing(
        call,
        repository,
        repository.checkRuns.filter((run) => run.suiteId === suite),
      );
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    handle: (call) => {
      const repository = repositoryFor(call, 'checks', 'read');
      const sha = resolveCommit(repository.directory, param(call, 'ref'));
      if (sha === undefined) throw new Refusal(422, `No commit found for SHA: ${param(call, 'ref')}`);
      return listing(
        call,
        repository,
        repository.checkRuns.filter((run) => run.headSha === sha),
      );
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/commits/{ref}/check-suites',
    handle: (call) => {
      const repository = repositoryFor(call, 'checks', 'read');
      const sha = resolveCommit(repository.directory, param(call, 'ref'));
      const suites = repository.checkSuites.filter((suite) => suite.headSha === sha);
      return {
        status: 200,
        key: 'check_suites',
        list: suites.map((suite) => checkSuiteJson(call.state, repository, suite)),
      };
    },
  },
];

function suiteFor(call: Call, repository: Repository, headSha: string): CheckSuite {
  const appId = call.state.appOf(call.viewer.token).id;
  const known = repository.checkSuites.find((suite) => suite.headSha === headSha && suite.appId === appId);
  if (known !== undefined) return known;
  const pull = [...repository.issues.values()]
    .filter(isPullRequest)
    .find((candidate) => candidate.headSha === headSha);
  const suite = {
    id: call.state.nextId(),
    appId,
    headSha,
    headBranch: pull?.headRef ?? null,
    createdAt: call.state.now(),
  };
  repository.checkSuites.push(suite);
  return suite;
}

function runFor(call: Call, repository: Repository): CheckRun {
  const run = repository.checkRuns.find((candidate) => candidate.id === Number(param(call, 'check_run_id')));
  if (run === undefined) throw new Refusal(404, 'Not Found');
  return run;
}

/** Newest first and, by default, only the newest of each name, as GitHub lists them. */
function listing(
  call: Call,
  repository: Repository,
  found: readonly CheckRun[],
): { status: number; key: string; list: unknown[] } {
  const { query } = call;
  const newest = [...found].sort((a, b) => b.id - a.id);
  const list = newest
    .filter((run) => query.get('check_name') === null || run.name === query.get('check_name'))
    .filter((run) => query.get('status') === null || run.status === query.get('status'))
    .filter((run) => query.get('app_id') === null || run.appId === Number(query.get('app_id')))
    .filter(
      (run, index, all) =>
        query.get('filter') === 'all' ||
        all.findIndex((other) => other.name === run.name && other.appId === run.appId) === index,
    );
  return {
    status: 200,
    key: 'check_runs',
    list: list.map((run) => checkRunJson(call.state, repository, run)),
  };
}

function update(call: Call, run: CheckRun): void {
  const { output } = call.body;
  run.name = text(call, 'name') ?? run.name;
  run.externalId = text(call, 'external_id') ?? run.externalId;
  run.detailsUrl = text(call, 'details_url') ?? run.detailsUrl;
  run.startedAt = text(call, 'started_at') ?? run.startedAt;
  const conclusion = text(call, 'conclusion');
  const status = conclusion === undefined ? text(call, 'status') : 'completed';
  if (status === 'completed' && conclusion === undefined && run.conclusion === null) {
    throw new Refusal(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.');
  }
  if (status !== undefined) run.status = status as CheckRun['status'];
  if (conclusion !== undefined) {
    run.conclusion = conclusion;
    run.completedAt = text(call, 'completed_at') ?? call.state.now();
  }
  if (typeof output !== 'object' || output === null) return;
  const { title, summary, text: long, annotations } = output as Record<string, unknown>;
  if (typeof title === 'string') run.title = title;
  if (typeof summary === 'string') run.summary = summary;
  if (typeof long === 'string') run.text = long;
  if (Array.isArray(annotations)) run.annotations.push(...(annotations as CheckAnnotation[]));
}

function emit(call: Call, repository: Repository, run: CheckRun, action: string): void {
  call.state.emit({
    name: 'check_run',
    action,
    repository,
    sender: call.viewer.login ?? 'ghost',
    id: run.id,
  });
}
