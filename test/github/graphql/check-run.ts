import { nodeId } from '../represent/node-id.ts';
import { repositoryHtml } from '../represent/urls.ts';
import type { GitHubState } from '../state/github-state.ts';
import type { CheckRun, Repository } from '../state/model.ts';
import { connection } from './connection.ts';
import type { Arguments, GraphqlObject } from './context.ts';

export function checkRunNode(state: GitHubState, repository: Repository, run: CheckRun): GraphqlObject {
  const html = repositoryHtml(state, repository, `/runs/${run.id}`);
  return {
    __typename: 'CheckRun',
    id: nodeId('CheckRun', run.id),
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion === null ? null : run.conclusion.toUpperCase(),
    startedAt: run.startedAt,
    completedAt: run.completedAt,
    detailsUrl: run.detailsUrl ?? html,
    externalId: run.externalId,
    title: run.title,
    summary: run.summary,
    text: run.text,
    url: html,
    permalink: html,
    annotations: (args: Arguments) =>
      connection('annotations', run.annotations, args, (one) => ({
        __typename: 'CheckAnnotation',
        annotationLevel: one.annotation_level.toUpperCase(),
        message: one.message,
        path: one.path,
        rawDetails: one.raw_details ?? null,
        title: one.title ?? null,
        location: {
          __typename: 'CheckAnnotationSpan',
          start: {
            __typename: 'CheckAnnotationPosition',
            line: one.start_line,
            column: one.start_column ?? null,
          },
          end: { __typename: 'CheckAnnotationPosition', line: one.end_line, column: one.end_column ?? null },
        },
      })),
  };
}
