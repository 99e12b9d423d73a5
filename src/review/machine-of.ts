import type { Person } from '../core/people.ts';
import type { Machine } from '../core/review-facts.ts';
import type { RawAccount } from './timeline.ts';

/** Accounts that review with a language model, as they are called on github.com; lower case, without "[bot]". */
const knownAiReviewers: ReadonlySet<string> = new Set([
  'amazon-q-developer',
  'bito-code-review',
  'chatgpt-codex-connector',
  'claude',
  'codeant-ai',
  'coderabbitai',
  'copilot',
  'copilot-pull-request-reviewer',
  'cubic-dev-ai',
  'cursor',
  'devin-ai-integration',
  'ellipsis-dev',
  'gemini-code-assist',
  'github-copilot',
  'greptile-apps',
  'korbit-ai',
  'qodo-merge-pro',
  'sourcery-ai',
]);

/** What kind of machine an account is; undefined for people and deleted accounts. */
export function machineOf(
  account: RawAccount | null,
  { kind }: Person,
  aiReviewers: readonly string[] = [],
): Machine | undefined {
  if (kind !== 'bot' || !account) return undefined;
  const login = plain(account.login);
  if (knownAiReviewers.has(login) || aiReviewers.some((name) => plain(name) === login)) return 'ai';
  return account.__typename === 'Bot' ? 'app' : 'bot';
}

function plain(login: string): string {
  return login.toLowerCase().replace(/\[bot\]$/, '');
}
