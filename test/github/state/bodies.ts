import { type Issue, Refusal } from './model.ts';

const bodyLimit = 65_536;

/** GitHub counts characters (code points), not bytes. */
export function checkBody(resource: string, body: string): void {
  if (body.length > bodyLimit && [...body].length > bodyLimit) {
    throw new Refusal(422, 'Validation Failed', [
      {
        resource,
        code: 'custom',
        field: 'body',
        message: `body is too long (maximum is ${bodyLimit} characters)`,
      },
    ]);
  }
}

export function checkNotBlank(resource: string, body: string): void {
  if (body.trim() === '') {
    throw new Refusal(422, 'Validation Failed', [{ resource, code: 'missing_field', field: 'body' }]);
  }
}

/** A locked conversation takes comments only from those who may write to the repository; an app never may. */
export function checkUnlocked(issue: Issue, mayWrite: boolean): void {
  if (issue.locked && !mayWrite) throw new Refusal(403, 'Unable to create comment because issue is locked.');
}
