import type { GitHubClient } from '../../collect/github/create-client.ts';
import { AccessGone } from '../github/app-access.ts';
import type { InstallationJob } from '../queue/jobs.ts';
import type { Storage } from '../storage/storage.ts';
import type { JobContext } from './context.ts';
import { forgetInstallation } from './forget-installation.ts';
import { done, type JobOutcome } from './job-outcome.ts';

interface Installation {
  readonly suspended_at: string | null;
}

interface RepositoriesPage {
  readonly repositories: readonly { readonly id: number }[];
}

/**
 * Brings what is stored of an installation in line with what GitHub says now. Events only say that something changed:
 * one that comes late or twice changes nothing, and an uninstalled App finds everything gone.
 */
export async function syncInstallation(
  { installation }: InstallationJob,
  context: JobContext,
): Promise<JobOutcome> {
  const { storage, access, clones } = context;
  const client = await access.asApp();
  const answer = await client.rest<Installation>('GET /app/installations/{installation_id}', {
    installation_id: installation,
  });
  if (!answer.ok && answer.error.status === 404) {
    await forgetInstallation(installation, context);
    return done('the installation is gone; what was stored of it is deleted');
  }
  if (!answer.ok) throw new Error(`Installation ${installation} could not be read: ${answer.error.message}`);
  const isSuspended = answer.data.suspended_at !== null && answer.data.suspended_at !== undefined;
  try {
    const repositories = isSuspended
      ? undefined
      : await listRepositories(await access.inInstallation(installation));
    await store(storage, { id: installation, isSuspended }, repositories);
    if (repositories) await clones.retainOf(installation, repositories);
    return done(isSuspended ? 'the installation is suspended' : `${repositories?.length ?? 0} repositories`);
  } catch (error) {
    // Uninstalled or suspended between the two questions: the next try finds out which.
    if (error instanceof AccessGone)
      throw new Error(`Installation ${installation} changed while it was read: ${error.message}`);
    throw error;
  }
}

const perPage = 100;

async function listRepositories(client: GitHubClient): Promise<readonly number[]> {
  const repositories = new Set<number>();
  for (let page = 1; ; page += 1) {
    const answer = await client.rest<RepositoriesPage>('GET /installation/repositories', {
      per_page: perPage,
      page,
    });
    if (!answer.ok)
      throw new Error(`The repositories of an installation could not be read: ${answer.error.message}`);
    for (const { id } of answer.data.repositories) repositories.add(id);
    if (answer.data.repositories.length < perPage) return [...repositories];
  }
}

interface StoredInstallation {
  readonly id: number;
  readonly isSuspended: boolean;
}

/** `repositories` undefined: GitHub does not tell them while an installation is suspended; those known stay. */
async function store(
  { db }: Storage,
  { id, isSuspended }: StoredInstallation,
  repositories: readonly number[] | undefined,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const state = { is_suspended: isSuspended, asked_at: new Date() };
    await transaction
      .insertInto('installation')
      .values({ id, ...state })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(state))
      .execute();
    if (!repositories) return;
    await transaction.deleteFrom('repository').where('installation_id', '=', id).execute();
    for (const repository of repositories) {
      const holder = { installation_id: id };
      await transaction
        .insertInto('repository')
        .values({ id: repository, ...holder })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(holder))
        .execute();
    }
    await transaction
      .deleteFrom('chain_entry')
      .where('installation_id', '=', id)
      .where('repository_id', 'not in', (query) =>
        query.selectFrom('repository').select('id').where('installation_id', '=', id),
      )
      .execute();
  });
}
