import type { LockMode, Tristate } from '../../core/migration-facts.ts';
import { type FormName, measuredForms } from './postgres-measured.ts';

/** What a statement does to one table while it holds its lock. */
export interface Effect {
  readonly lock: LockMode | 'none' | 'unknown';
  readonly rewrite: Tristate;
  readonly scan: Tristate;
}

/** PostgreSQL's, weakest first, as its grammar counts them from 1. */
export const tableLocks: readonly LockMode[] = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];

const strength: readonly (LockMode | 'none')[] = ['none', ...tableLocks];

export function effectOf(form: FormName): Effect {
  const { lock, rewrite, scan } = measuredForms[form];
  return { lock, rewrite, scan };
}

/** Both happen: the stronger lock, and whatever either of them does. */
export function both(a: Effect, b: Effect): Effect {
  return { lock: strongerOf(a.lock, b.lock), rewrite: or(a.rewrite, b.rewrite), scan: or(a.scan, b.scan) };
}

/** One of the two happens, and it cannot be told which. */
export function either(a: Effect, b: Effect): Effect {
  return {
    lock: a.lock === b.lock ? a.lock : 'unknown',
    rewrite: a.rewrite === b.rewrite ? a.rewrite : 'unknown',
    scan: a.scan === b.scan ? a.scan : 'unknown',
  };
}

/** What other sessions wait for while the lock is held: everything, writes, or neither (row locks are not counted). */
export function blocksOf(lock: Effect['lock']): 'reads' | 'writes' | 'nothing' | 'unknown' {
  if (lock === 'unknown') return 'unknown';
  if (lock === 'ACCESS EXCLUSIVE' || lock === 'EXCLUSIVE METADATA') return 'reads';
  if (lock === 'SHARED NO WRITE METADATA' || lock === 'DATABASE WRITE') return 'writes';
  return strength.indexOf(lock) >= strength.indexOf('SHARE') ? 'writes' : 'nothing';
}

function strongerOf(a: Effect['lock'], b: Effect['lock']): Effect['lock'] {
  if (a === 'ACCESS EXCLUSIVE' || b === 'ACCESS EXCLUSIVE') return 'ACCESS EXCLUSIVE';
  if (a === 'unknown' || b === 'unknown') return 'unknown';
  return strength.indexOf(a) >= strength.indexOf(b) ? a : b;
}

function or(a: Tristate, b: Tristate): Tristate {
  if (a === true || b === true) return true;
  return a === 'unknown' || b === 'unknown' ? 'unknown' : false;
}

/** An online tool for MySQL fills a copy while the table is read and written. */
export const copiedOnline: Effect = { lock: 'SHARED UPGRADABLE METADATA', rewrite: true, scan: true };

/** Nobody waits: the relation is new, or only rows are locked. */
export const noEffect: Effect = { lock: 'none', rewrite: false, scan: false };
