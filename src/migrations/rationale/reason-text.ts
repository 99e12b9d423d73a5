import type { Topic } from './topics.ts';

/** Where a reason may be written, in the order in which they are read: the first survives longest beside the SQL. */
export type ReasonPlace = 'file comments' | 'commit messages' | 'description' | 'decision records';

/** A text that may hold a reason, as its author wrote it. Untrusted. */
export interface ReasonText {
  readonly place: ReasonPlace;
  readonly text: string;
  /**
   * How much of it is about the migration: all (a comment in its file, an ADR that the change adds), all when the change
   * is about little else (a description), or only the paragraphs that name something of it (an older ADR).
   */
  readonly isAbout: 'all' | 'all if the change is small' | 'what names it';
  /** A title or a commit's subject: it sums up the whole change, which is enough for a step where little can go wrong. */
  readonly isSubject?: true;
  /** Comments beside the step back, which say nothing of the step forward: they may tell the way back and are no reason. */
  readonly isOfStepBack?: true;
  /** Subjects of a branch, listed in a squash message: they may name a purpose and are no reason in words. */
  readonly isListed?: true;
  /** Its form announces a feature: "feat: …". */
  readonly isFeature?: boolean;
  /** What its form announces: a commit of type "fix" ends a trouble. */
  readonly topics?: readonly Topic[];
  /** The whole message it belongs to: three words alone do not tell their language. */
  readonly context?: string;
  /** Lines that nobody wrote as a reason (templates, lists of commit subjects), by `lineKey`. */
  readonly notOurs: ReadonlySet<string>;
}

/** A place that could not be read, and why. */
export interface UnreadPlace {
  readonly place: ReasonPlace;
  readonly why: string;
}

/** The four questions a reader of the schema's history asks. */
export type Question = 'why' | 'impact' | 'way back' | 'order';
