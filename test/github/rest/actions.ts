import { type Call, newestFirst, param, type Route, repositoryFor } from '../http/route.ts';
import { artifactJson, jobJson, runJson } from '../represent/workflow-run.ts';
import { Refusal, type Repository, type WorkflowRun } from '../state/model.ts';

const actions = '/repos/{owner}/{repo}/actions';

export const actionsRoutes: readonly Route[] = [
  {
    operation: `GET ${actions}/artifacts`,
    handle: (call) => {
      const repository = repositoryFor(call, 'actions', 'read');
      const name = call.query.get('name');
      const list = newestFirst(repository.artifacts).filter(
        (artifact) => name === null || artifact.name === name,
      );
      return {
        status: 200,
        key: 'artifacts',
        list: list.map((artifact) => artifactJson(call.state, repository, artifact)),
      };
    },
  },
  {
    operation: `GET ${actions}/artifacts/{artifact_id}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'actions', 'read');
      return { status: 200, body: artifactJson(call.state, repository, artifactFor(call, repository)) };
    },
  },
  {
    operation: `GET ${actions}/artifacts/{artifact_id}/{archive_format}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'actions', 'read');
      if (call.viewer.token === undefined) throw new Refusal(401, 'Requires authentication');
      const artifact = artifactFor(call, repository);
      // A redirect to a short-lived address that needs no token, on another host at GitHub.
      return {
        status: 302,
        headers: {
          location: `${call.state.origin}/_blobs/artifacts/${repository.fullName}/${artifact.id}.zip`,
        },
      };
    },
  },
  {
    operation: `GET ${actions}/runs`,
    handle: (call) => listRuns(call, () => true),
  },
  {
    operation: `GET ${actions}/workflows/{workflow_id}/runs`,
    handle: (call) => {
      // By its number, or by the name of its file.
      const asked = param(call, 'workflow_id');
      return listRuns(
        call,
        ({ workflowId, path }) => `${workflowId}` === asked || path.endsWith(`/${asked}`),
      );
    },
  },
  {
    operation: `GET ${actions}/runs/{run_id}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'actions', 'read');
      return { status: 200, body: runJson(call.state, repository, runFor(call, repository)) };
    },
  },
  {
    operation: `GET ${actions}/runs/{run_id}/artifacts`,
    handle: (call) => {
      const repository = repositoryFor(call, 'actions', 'read');
      const run = runFor(call, repository);
      const name = call.query.get('name');
      const list = repository.artifacts.filter(
        (one) => one.runId === run.id && (name === null || one.name === name),
      );
      return {
        status: 200,
        key: 'artifacts',
        list: list.map((artifact) => artifactJson(call.state, repository, artifact)),
      };
    },
  },
  {
    operation: `GET ${actions}/runs/{run_id}/jobs`,
    handle: (call) => {
      const repository = repositoryFor(call, 'actions', 'read');
      const run = runFor(call, repository);
      return {
        status: 200,
        key: 'jobs',
        list: run.jobs.map((job) => jobJson(call.state, repository, run, job)),
      };
    },
  },
  {
    operation: `GET ${actions}/jobs/{job_id}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'actions', 'read');
      for (const run of repository.runs) {
        const job = run.jobs.find((one) => one.id === Number(param(call, 'job_id')));
        if (job !== undefined) return { status: 200, body: jobJson(call.state, repository, run, job) };
      }
      throw new Refusal(404, 'Not Found');
    },
  },
];

function listRuns(
  call: Call,
  isWanted: (run: WorkflowRun) => boolean,
): { status: number; key: string; list: unknown[] } {
  const repository = repositoryFor(call, 'actions', 'read');
  const { query } = call;
  const list = newestFirst(repository.runs)
    .filter(isWanted)
    .filter((run) => query.get('head_sha') === null || run.headSha === query.get('head_sha'))
    .filter((run) => query.get('event') === null || run.event === query.get('event'))
    .filter((run) => query.get('branch') === null || run.headBranch === query.get('branch'))
    .filter(
      (run) =>
        query.get('status') === null ||
        run.status === query.get('status') ||
        run.conclusion === query.get('status'),
    );
  return {
    status: 200,
    key: 'workflow_runs',
    list: list.map((run) => runJson(call.state, repository, run)),
  };
}

function artifactFor(call: Call, repository: Repository): Repository['artifacts'][number] {
  const artifact = repository.artifacts.find((one) => one.id === Number(param(call, 'artifact_id')));
  if (artifact === undefined) throw new Refusal(404, 'Not Found');
  return artifact;
}

function runFor(call: Call, repository: Repository): WorkflowRun {
  const run = repository.runs.find((one) => one.id === Number(param(call, 'run_id')));
  if (run === undefined) throw new Refusal(404, 'Not Found');
  return run;
}
