import { type ShardName, shardText } from '../../core/coverage-data.ts';

/** An artifact of ours, as its name says. */
export interface ArtifactName {
  readonly instance: string;
  readonly shard: ShardName;
  readonly attempt: number;
  /** From 2 on where two jobs of one run share key and place (a reusable workflow called twice). */
  readonly ordinal: number;
}

export const artifactPrefix = 'review-vitals-coverage-';

const pattern =
  /^review-vitals-coverage-(?:([a-z\d][a-z\d-]{0,39})\.)?([A-Za-z_][\w-]{0,99}?)(?:-([1-9]\d{0,3})of([1-9]\d{0,3}))?-([1-9]\d{0,3})(?:\.([2-9]))?$/;

/** "review-vitals-coverage-test-2of3-1": shard and attempt; an instance other than the default stands before with a dot. */
export function artifactName({ instance, shard, attempt, ordinal }: ArtifactName): string {
  return [
    artifactPrefix,
    instance === 'default' ? '' : `${instance}.`,
    shardText(shard),
    `-${attempt}`,
    ordinal > 1 ? `.${ordinal}` : '',
  ].join('');
}

/** The way back; undefined for any name that `artifactName` would not have given. */
export function readArtifactName(name: string): ArtifactName | undefined {
  const [, instance = 'default', job, index = '1', total = '1', attempt, ordinal = '1'] =
    pattern.exec(name) ?? [];
  if (job === undefined || attempt === undefined || Number(index) > Number(total)) return undefined;
  return {
    instance,
    shard: { job, index: Number(index), total: Number(total) },
    attempt: Number(attempt),
    ordinal: Number(ordinal),
  };
}
