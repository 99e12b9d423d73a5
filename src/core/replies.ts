import { cutText } from './cut-text.ts';

/** A command that somebody wrote in a comment on the pull request. Who it was stays in `collect`. */
export interface Reply {
  /** `unclear`: meant for us, and no command. */
  readonly kind: 'waive' | 'noise' | 'explain' | 'unclear';
  /** Empty for what is unclear. */
  readonly fingerprint: string;
  /** Empty where none was written, cut at 500 characters; what is unclear, in its own words. Untrusted text. */
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

/** The colon may be left out, and the id may stand as code: the meaning is the same. */
const command = /^(waive|noise|explain)[ \t]+`?([\da-z]{6})`?(?:[ \t]*:|[ \t]|$)(.*)$/is;
const longestReason = 500;
const longestUnclear = 60;

/**
 * The commands of a comment: lines that begin with `/vitals`, and those of them that are none. What stands in a quotation, in a fenced or an indented block
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
    const said = /^ {0,3}\/vitals[ \t]+(\S.*)$/.exec(line)?.[1];
    if (said === undefined) return [];
    const match = command.exec(said);
    if (!match?.[1] || !match[2])
      return [{ kind: 'unclear', fingerprint: '', reason: cutText(said.trim(), longestUnclear) }];
    return [
      {
        kind: match[1].toLowerCase() as Reply['kind'],
        fingerprint: match[2].toLowerCase(),
        reason: cutText((match[3] ?? '').trim(), longestReason),
      },
    ];
  });
}
