/** git could not do what was asked. The message is one sentence fragment without any secret, fit to be shown. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
}

/** Text from git or a server, made safe to quote: one line, no control characters, no credentials, at most 240 characters. */
export function quoteSafely(text: string, secrets: readonly string[]): string {
  return redact(text, secrets)
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 240);
}

/** Takes out the given secrets and whatever stands before the `@` of a URL. */
export function redact(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of secrets) {
    if (secret.length > 0) safe = safe.replaceAll(secret, '***');
  }
  return safe.replace(/(\w:\/\/)[^/\s@]{1,2000}@/g, '$1***@');
}

/** What git's standard error says went wrong, with the next step where there is a known one. */
export function explainStandardError(stderr: string, secrets: readonly string[]): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((text) => /^(fatal|error):/.test(text)) ?? lines.at(-1) ?? 'it gave no reason';
  const quote = quoteSafely(line.replace(/^(fatal|error): /, ''), secrets);
  const next = nextSteps.find(([pattern]) => pattern.test(stderr))?.[1];
  return next ? `${quote} — ${next}` : quote;
}

const nextSteps: readonly (readonly [RegExp, string])[] = [
  [
    /could not read (Username|Password)|Authentication failed|returned error: 40[13]|Permission denied/,
    'the server wants other credentials: give a token with contents: read',
  ],
  [
    /returned error: 404|not found/i,
    'the server knows no such repository, or the token may not see it: check both',
  ],
  [
    /Could not resolve host|Connection refused|Failed to connect|timed out/i,
    'check the network and the address',
  ],
  [/not a git repository/, 'name the folder of a clone'],
  [
    /transport '[^']*' not allowed/,
    'only https, http, ssh, git and file addresses are used: check the address of the remote',
  ],
];
