/** A command that somebody wrote in a comment on the pull request. Who it was stays in `collect`. */
export interface Reply {
  readonly kind: 'waive' | 'noise' | 'explain';
  readonly fingerprint: string;
  /** Empty where none was written, cut at 500 characters. Untrusted text. */
  readonly reason: string;
  /** The account may write to the repository; `unknown` when GitHub did not tell. */
  readonly mayDecide: boolean | 'unknown';
  /** It is the account that opened the pull request. */
  readonly isByAuthor: boolean;
  /** REST id of the comment. */
  readonly commentId: number;
}

/** What a comment asks for, before anybody has looked at who wrote it. */
export type ReplyText = Pick<Reply, 'kind' | 'fingerprint' | 'reason'>;

const command = /^\/vitals[ \t]+(waive|noise|explain)[ \t]+([\da-z]{6})[ \t]*(?::(.*))?$/s;
const longestReason = 500;

/**
 * The commands of a comment: lines that begin with `/vitals`. What stands in a quotation, in a fenced or an indented block
 * is text about commands, not a command.
 */
export function parseReplies(body: string): readonly ReplyText[] {
  let fence = '';
  return body.split(/\r?\n/).flatMap((line): readonly ReplyText[] => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== '') {
      if (mark?.startsWith(fence)) fence = '';
      return [];
    }
    if (mark) {
      fence = mark;
      return [];
    }
    const match = command.exec(line);
    if (!match?.[1] || !match[2]) return [];
    const reason = (match[3] ?? '').trim().slice(0, longestReason);
    return [{ kind: match[1] as Reply['kind'], fingerprint: match[2], reason }];
  });
}
