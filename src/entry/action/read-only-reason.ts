interface Payload {
  readonly pull_request?: Readonly<Record<string, unknown>> | undefined;
}

interface Head {
  readonly repo?: { readonly full_name?: unknown } | null;
}

const whatThen =
  'a workflow that runs on `workflow_run` posts it (`review-vitals init` writes one); here the report stands in the job summary';

/**
 * Why GitHub lets this run only read, whatever stands under `permissions:`; undefined where it can be given more, as on
 * `pull_request_target`. A fork that was deleted has no name any more.
 */
export function readOnlyReason(
  event: string,
  payload: Payload,
  repository: string,
  actor: string,
): string | undefined {
  const head = payload.pull_request?.head as Head | undefined;
  if (head === undefined || event === 'pull_request_target') return undefined;
  if (actor === 'dependabot[bot]')
    return `Nothing was posted, because the token of a run that Dependabot started only reads: ${whatThen}`;
  return head.repo?.full_name === repository
    ? undefined
    : `Nothing was posted, because the token of a run from a fork only reads: ${whatThen}`;
}
