import type { Level } from './finding.ts';

/** Where a repository keeps its settings. */
export const settingsPath = '.github/review-vitals.yml';

/** The level is the only switch of a rule: off, reported, commented, or a gate. */
export type RuleLevel = Level | 'off';

export interface RuleSettings {
  readonly level?: RuleLevel;
  readonly thresholds?: Readonly<Record<string, number>>;
}

/** A finding that a team has decided to live with: it stays listed and does not speak up. */
export interface ConfiguredWaiver {
  readonly rule: string;
  /** Glob of the paths it covers; every path when absent. */
  readonly path?: string;
  readonly reason: string;
  /** Last day it holds, YYYY-MM-DD, UTC. */
  readonly until: string;
}

export interface SprintCalendar {
  /** First day of some sprint, YYYY-MM-DD. */
  readonly start: string;
  readonly days: number;
}

export interface DeployWindow {
  /** "Mo", "Tu", … */
  readonly days: readonly string[];
  /** HH:MM, UTC. */
  readonly from: string;
  readonly to: string;
}

/** What a configuration file says; everything is optional, and an empty one changes nothing. */
export interface Settings {
  readonly comment?: 'on-findings' | 'always' | 'never';
  readonly failOn?: Level | 'never';
  readonly rules?: Readonly<Record<string, RuleSettings>>;
  readonly waivers?: readonly ConfiguredWaiver[];
  /** Name → path globs. */
  readonly modules?: Readonly<Record<string, readonly string[]>>;
  /** Name of an instance (the input `id`) → globs of the paths it looks after; an instance without any looks after all. */
  readonly instances?: Readonly<Record<string, readonly string[]>>;
  /** Globs of paths that no rule looks at. */
  readonly ignore?: readonly string[];
  /** Major version of the PostgreSQL server that migrations run on. */
  readonly postgres?: number;
  /** Version of the MySQL or MariaDB server ("8.0", "8.0.35", "10.11"). */
  readonly mysql?: string;
  readonly mariadb?: string;
  /** Logins of machine accounts that do not call themselves bots. */
  readonly bots?: readonly string[];
  /** Comments that count as an approval where a project approves that way ("ACK"). */
  readonly approvalComments?: readonly string[];
  readonly sprint?: SprintCalendar;
  readonly deployWindows?: readonly DeployWindow[];
}

/** The settings of a run, and where they came from. */
export interface SettingsInForce {
  /** Which of several instances in one repository this run is; absent for the only one. */
  readonly instance?: string;
  readonly settings: Settings;
  /** Files that were read, nearest first ("acme/shop:.github/review-vitals.yml"). */
  readonly from: readonly string[];
  /** What is wrong in them or could not be read, one sentence each with its place. */
  readonly problems: readonly string[];
  /** What the change makes of the file, when it touches it: judged beside, and not in force. */
  readonly proposed?: {
    readonly settings: Settings;
    readonly problems: readonly string[];
    /** The change takes the file away: these are the owner's settings, or none. */
    readonly isRemoved?: true;
  };
}

export const noSettings: SettingsInForce = { settings: {}, from: [], problems: [] };
