import type { Effect } from '../effect.ts';
import { mariadbMeasured } from '../mariadb/mariadb-measured.ts';
import type { InnodbForm, InnodbRow } from './innodb-form.ts';
import { mysqlDocumented } from './mysql-documented.ts';

export interface InnodbServer {
  readonly kind: 'mysql' | 'mariadb';
  /** 80029 for 8.0.29; the strictest supported one where absent. */
  readonly version?: number;
}

/** What a statement says about how it is to be carried out, in upper case. */
export interface Asked {
  readonly algorithm?: string;
  readonly lock?: string;
}

/** From this version on a copied table may be written meanwhile. Source: MariaDB, ALTER TABLE, LOCK. */
const copiesOnline = 110_200;

/** The form alone, on a table in use; unknown where neither manual nor measurement answers. */
export function innodbEffect(form: InnodbForm, server: InnodbServer, asked: Asked): Effect {
  const row = (server.kind === 'mariadb' ? mariadbMeasured : mysqlDocumented)[form];
  if (!row) return unknownEffect;
  return effectOfRow(asAsked(onServer(row, server), asked), asked);
}

export const unknownEffect: Effect = { lock: 'unknown', rewrite: 'unknown', scan: 'unknown' };
export const instant: Effect = { lock: 'EXCLUSIVE METADATA', rewrite: false, scan: false };

function onServer(row: InnodbRow, { kind, version = 0 }: InnodbServer): InnodbRow {
  if (row.instantFrom !== undefined && version >= row.instantFrom) {
    return { algorithm: 'INSTANT', work: 'definition', lock: 'NONE' };
  }
  const isOnlineCopy = kind === 'mariadb' && row.algorithm === 'COPY' && version >= copiesOnline;
  return isOnlineCopy ? { ...row, lock: 'NONE' } : row;
}

/** `refused`: the server answers with an error, and nothing is locked. */
function asAsked(row: InnodbRow, { algorithm, lock }: Asked): InnodbRow | 'refused' {
  if (algorithm === 'COPY')
    return { algorithm: 'COPY', work: 'rebuild', lock: row.algorithm === 'COPY' ? row.lock : 'SHARED' };
  if (algorithm !== undefined && costs.indexOf(row.algorithm) > costs.indexOf(algorithm)) return 'refused';
  return lock === 'NONE' && row.lock !== 'NONE' ? 'refused' : row;
}

/** Cheapest first: what is asked for permits all before it. */
const costs: readonly string[] = ['INSTANT', 'NOCOPY', 'INPLACE', 'COPY'];

function effectOfRow(row: InnodbRow | 'refused', { lock: asked }: Asked): Effect {
  if (row === 'refused') return { lock: 'none', rewrite: false, scan: false };
  if (row.work === 'definition') return instant;
  const isExclusive = asked === 'EXCLUSIVE' || row.lock === 'EXCLUSIVE';
  const isShared = asked === 'SHARED' || row.lock === 'SHARED';
  return {
    lock: isExclusive
      ? 'EXCLUSIVE METADATA'
      : isShared
        ? 'SHARED NO WRITE METADATA'
        : 'SHARED UPGRADABLE METADATA',
    rewrite: row.work === 'rebuild',
    scan: true,
  };
}
