const hidden = '***';

/**
 * Shapes of secrets as GitHub issues them (current prefixes, which may carry dots since installation tokens hold a JWT,
 * and the old "v1." ones), JSON web tokens, credentials inside URLs, and authorization headers, base64 ones included.
 */
const shapes: readonly (readonly [shape: RegExp, replacement: string])[] = [
  [/\bgithub_pat_\w{10,}/g, hidden],
  [/\bgh[a-z]_[\w.-]{10,}/g, hidden],
  [/\bv1\.[0-9a-f]{40}\b/g, hidden],
  [/\beyJ[\w-]{5,1000}\.[\w-]+\.[\w-]*/g, hidden],
  [/\b([a-z][a-z\d+.-]{0,20}:\/\/)[^\s/@?#]+@/gi, `$1${hidden}@`],
  [/\bx-access-token:[^\s@/]+/gi, `x-access-token:${hidden}`],
  [/\beC1hY2Nlc3MtdG9rZW46[\w+/=]+/g, hidden],
  [/\b(authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:basic|bearer|token))\s{1,3}[^\s"']+/gi, `$1 ${hidden}`],
];

/**
 * Takes everything out of a text that looks like a credential, and the given secrets in whatever shape they come
 * (plain, URL-encoded, base64). For every text that leaves the program and may quote a request: errors, logs, reports.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let safe = text;
  for (const secret of secrets) {
    if (secret.length < 4) continue;
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
      safe = safe.replaceAll(form, hidden);
    }
  }
  return shapes.reduce((rest, [shape, replacement]) => rest.replace(shape, replacement), safe);
}
