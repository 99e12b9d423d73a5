/** Why an error in a path is costly, in the words it is reported with. */
export type Risk = 'schema' | 'access control' | 'payments' | 'delivery';

const patterns: readonly (readonly [pattern: RegExp, risk: Risk])[] = [
  [/\/(?:migrations?|migrate|schema)\/|\/schema\.(?:rb|sql|prisma)$|\.sql$/, 'schema'],
  [
    /[/_.-](?:auth|authn|authz|authentication|authorization|oauth2?|sso|saml|permissions?|acl|rbac|crypto|security|secrets?|sessions?|passwords?|tokens?)[/_.-]/,
    'access control',
  ],
  [/[/_.-](?:payments?|billing|invoices?|invoicing|checkout|refunds?|payouts?|ledger)[/_.-]/, 'payments'],
  [
    /\/\.github\/(?:workflows|actions)\/|\/(?:terraform|helm|k8s|kubernetes|deploy(?:ment)?s?)\/|\/dockerfile|\.tf$/,
    'delivery',
  ],
];
const tests =
  /\/(?:tests?|__tests__|specs?|fixtures|e2e)\/|[._-](?:test|spec)\.[a-z]+$|\/test_[^/]+$|_test\.[a-z]+$/;

/**
 * Why a path usually needs care, by its name alone, or undefined. Tests are none: what they break is seen when they run.
 * Domain: any path. Source: the areas are those that CODEOWNERS files most often guard; the words are chosen by us.
 */
export function riskOf(path: string): Risk | undefined {
  const lower = `/${path.toLowerCase()}`;
  if (tests.test(lower)) return undefined;
  return patterns.find(([pattern]) => pattern.test(lower))?.[1];
}
