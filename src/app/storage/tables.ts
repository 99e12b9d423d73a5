import type { ColumnType, Generated } from 'kysely';

/** The schema everything of ours lies in; the queue keeps its own (`pgboss`). */
export const schemaName = 'review_vitals';

/** A webhook delivery that was taken: its row and its jobs were written in one transaction. */
export interface DeliveryTable {
  /** GitHub's GUID; a redelivery keeps it. */
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
  readonly installation_id: number | null;
  readonly repository_id: number | null;
  readonly received_at: ColumnType<Date, never, never>;
}

/** An installation as GitHub told it when it was last asked. Whose it is is not stored: no job needs to know. */
export interface InstallationTable {
  readonly id: number;
  readonly is_suspended: boolean;
  readonly asked_at: Generated<Date>;
}

/** A repository of an installation, by its number alone: names change, and a job asks for the one of today. */
export interface RepositoryTable {
  readonly id: number;
  readonly installation_id: number;
}

/**
 * What was learned of a repository, where it cannot be kept in the repository itself: an entry of one of its chains. Each
 * follows one other. Counts, quantiles, and paths with the lines that ran; nothing about anybody.
 */
export interface ChainEntryTable {
  readonly id: Generated<number>;
  readonly installation_id: number;
  readonly repository_id: number;
  readonly chain: 'coverage' | 'health';
  /** The entry it was written on top of; 0 for the first one. */
  readonly previous: number;
  readonly written_at: ColumnType<Date, never, never>;
  /** As the commit message of the hidden ref has it. */
  readonly message: string;
  /** Its files, packed; null where there are none, or none any more. */
  readonly files: Uint8Array | null;
}

export interface Tables {
  readonly delivery: DeliveryTable;
  readonly installation: InstallationTable;
  readonly repository: RepositoryTable;
  readonly chain_entry: ChainEntryTable;
}
