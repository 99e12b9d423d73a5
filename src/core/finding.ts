/** notice = report, warning = comment, failure = gate: the level is the only switch a rule has. */
export type Level = 'notice' | 'warning' | 'failure';

/** How sure the rule is that the observation is so, not how bad it would be. */
export type Confidence = 'high' | 'medium' | 'low';

/** A place in the change. `side: 'base'` points at a line that the change deletes. */
export interface Place {
  readonly path: string;
  /** Absent: the file as a whole. */
  readonly line?: number;
  /** Last line, when the place spans several. */
  readonly endLine?: number;
  readonly side?: 'head' | 'base';
}

export type Unit =
  | 'ratio'
  | 'lines'
  | 'levels'
  | 'files'
  | 'words'
  | 'minutes'
  | 'hours'
  | 'days'
  | 'tables'
  | 'statements'
  | 'reasons'
  | 'measurements'
  | 'tests'
  | 'assertions'
  | 'changes';

/** A number the finding rests on. Ratios are 0–1; only renderers know percent. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  /** What the value is counted out of ("26 of 54"). */
  readonly base?: number;
}

/** What a rule says, before it is given its name, its level and its id. */
export interface FindingDraft {
  /** What this is about, by the names the rule's `identity` uses ("table", "operation", "path", "symbol"). */
  readonly about: Readonly<Record<string, string>>;
  readonly confidence: Confidence;
  readonly place?: Place;
  /** Further places of the same finding, most useful first. */
  readonly otherPlaces?: readonly Place[];
  /**
   * Plain text in three parts; names from the repository are written between backticks. Observation: what was seen, with
   * its number and its base. Impact: why it matters here. Action: one question or one next step. Together at most 80 words.
   */
  readonly observation: string;
  readonly impact: string;
  readonly action: string;
  readonly measurements: readonly Measurement[];
  /** Replacement text for exactly the lines of `place`, checked by the rule to have no finding itself. */
  readonly suggestion?: string;
}

export interface Finding extends FindingDraft {
  readonly rule: string;
  readonly level: Level;
  /** Stable short id, a hash of rule and identity: what replies and threads refer to. Line numbers are no part of it. */
  readonly fingerprint: string;
  /** Somebody who may has decided to live with it: it stays listed, and neither comments nor fails anything. */
  readonly waiver?: Waiver;
}

export interface Waiver {
  readonly reason: string;
  /** Last day it holds, YYYY-MM-DD; absent for one that holds for this pull request. */
  readonly until?: string;
  readonly from: 'settings' | 'reply';
  /** The reply called the finding not useful (`/vitals noise`), which counts against its rule. */
  readonly isNoise?: true;
}
