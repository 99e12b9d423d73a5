import type { Question } from './reason-text.ts';
import { type Dictionary, dictionary, stem, wordsOf } from './words.ts';

/** What a heading or a label announces: one of the four questions, or the migration as such. */
export type Topic = Question | 'migration';

const topicWords: readonly (readonly [Topic, Dictionary])[] = [
  [
    'why',
    dictionary(
      'why reason reasons reasoning motivation context background rationale problem goal purpose because',
    ),
  ],
  [
    'way back',
    dictionary(
      'rollback rollbacks undo revert reverting reversibility reversible back recovery downgrade backout',
    ),
  ],
  [
    'impact',
    dictionary(
      'impact lock locks locking risk risks downtime consequence consequences blocking effect effects',
    ),
  ],
  ['order', dictionary('order deploy deployment rollout sequence sequencing')],
  ['migration', dictionary('migration migrations schema database db sql ddl postgres postgresql')],
];

/** What a heading or a label of a few words is about; empty for everything else. */
export function topicsOf(label: string): readonly Topic[] {
  const stems = wordsOf(label.slice(0, 200).replaceAll('-', ' ')).map(stem);
  return topicWords.filter(([, words]) => stems.some((word) => words.has(word))).map(([topic]) => topic);
}
