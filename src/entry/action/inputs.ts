import type { FailOn } from '../../render/check-run.ts';
import type { ConversationSettings } from '../../render/conversation.ts';
import { instancePattern } from '../../render/marker.ts';

export interface Inputs {
  /** `collect` leaves coverage as data and judges nothing; `auto` lets the event pick the duty. */
  readonly mode: 'auto' | 'collect';
  readonly token: string;
  readonly coverage: readonly string[];
  readonly comment: ConversationSettings['comment'];
  readonly failOn: FailOn;
  readonly id: string;
  /** Place of the job in its matrix, from 0, and the matrix's size: "1/3". */
  readonly shard: string;
  readonly saveFacts: string;
  readonly facts: string;
}

/** Reads and checks the inputs that action.yml documents. */
export function readInputs(getInput: (name: string) => string): Inputs {
  const id = getInput('id') || 'default';
  if (!instancePattern.test(id)) {
    throw new Error(`the input id is "${id}"; it takes 1 to 40 small letters, digits and hyphens.`);
  }
  return {
    mode: word(getInput('mode') || 'auto', ['auto', 'collect'], 'mode'),
    token: getInput('token'),
    coverage: getInput('coverage')
      .split(/[\n,]/)
      .map((glob) => glob.trim())
      .filter((glob) => glob !== ''),
    comment: word(getInput('comment') || 'on-findings', ['on-findings', 'always', 'never'], 'comment'),
    failOn: word(getInput('fail-on') || 'never', ['never', 'notice', 'warning', 'failure'], 'fail-on'),
    id,
    shard: getInput('shard'),
    saveFacts: getInput('save-facts'),
    facts: getInput('facts'),
  };
}

function word<const T extends string>(value: string, words: readonly T[], input: string): T {
  const found = words.find((candidate) => candidate === value);
  if (found === undefined)
    throw new Error(`the input ${input} is "${value}"; it can be ${words.join(', ')}.`);
  return found;
}
