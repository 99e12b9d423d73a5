/** What there is to do. A job carries ids alone: everything else is read from GitHub when it runs. */
export type Job =
  | JudgeJob
  | CoverageRunJob
  | MergeGroupJob
  | InstallationJob
  | InstallationsJob
  | WeeklyJob
  | WeeklyRoundJob
  | DeliveriesJob;

/** A repository as an installation sees it. */
export interface RepositoryJob {
  readonly installation: number;
  /** The id stays when the repository is renamed or moved. */
  readonly repository: number;
}

export interface JudgeJob extends RepositoryJob {
  readonly kind: 'judge';
  readonly number: number;
  /** The workflow run whose end led here: its data is read first. It is no part of the key, since every job reads all data. */
  readonly run?: number;
}

/** A workflow run is done: the pull requests that it tested are judged with what its tests left. */
export interface CoverageRunJob extends RepositoryJob {
  readonly kind: 'coverage-run';
  readonly run: number;
}

export interface MergeGroupJob extends RepositoryJob {
  readonly kind: 'merge-group';
  readonly head: string;
  /** The pull request it was made for; 0 when its branch does not tell. */
  readonly number: number;
}

/** What is stored of an installation is brought in line with what GitHub says now. */
export interface InstallationJob {
  readonly kind: 'installation';
  readonly installation: number;
}

/** Has every installation looked at. */
export interface InstallationsJob {
  readonly kind: 'installations';
}

export interface WeeklyJob extends RepositoryJob {
  readonly kind: 'weekly';
}

/** Gives every repository its weekly job. */
export interface WeeklyRoundJob {
  readonly kind: 'weekly-round';
}

/** Asks GitHub which deliveries did not arrive. */
export interface DeliveriesJob {
  readonly kind: 'deliveries';
}

export type JobKind = Job['kind'];

/**
 * What makes two jobs the same: one of them waits and one runs, however many events ask for it. The head is no part of a
 * pull request's key: a job judges the head it finds, so one that waits stands for all pushes before it runs, and two
 * heads of one pull request are never judged side by side. The installation is part of it: after a repository has moved,
 * a job of the old one finds nothing and must not stand for one of the new.
 */
export function jobKey(job: Job): string {
  switch (job.kind) {
    case 'judge':
      return `${job.installation}/${job.repository}/${job.number}`;
    case 'coverage-run':
      return `${job.installation}/${job.repository}/${job.run}`;
    case 'merge-group':
      return `${job.installation}/${job.repository}/${job.head}`;
    case 'installation':
      return String(job.installation);
    case 'weekly':
      return `${job.installation}/${job.repository}`;
    case 'installations':
    case 'weekly-round':
    case 'deliveries':
      return 'all';
  }
}
