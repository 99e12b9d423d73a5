import { isUnavailable } from '../core/part.ts';
import { quoteName } from '../core/quote-name.ts';
import { type Settings, type SettingsInForce, settingsPath } from '../core/settings.ts';
import type { JudgedRepository } from './git/judged-repository.ts';
import type { GitHubClient } from './github/create-client.ts';

const misspeltPath = '.github/review-vitals.yaml';
const misspelt = `${quoteName(misspeltPath)} is not read; ${quoteName(settingsPath)} is`;

/** Reads and checks one file; the rules behind it are the caller's. It may load what it reads with when it is first asked. */
export type ParseSettings = (text: string, file: string) => ParsedFile | Promise<ParsedFile>;
export type MergeSettings = (near: Settings, far: Settings) => Settings;

interface ParsedFile {
  readonly settings: Settings;
  readonly extends: readonly string[];
  readonly problems: readonly string[];
}

export interface SettingsRequest {
  readonly parse: ParseSettings;
  readonly merge: MergeSettings;
  /** Absent on a local run: then nothing outside the repository is read, and what it names is said not to be checked. */
  readonly client?: GitHubClient;
  /** "owner/name". */
  readonly repository?: string;
  /** The input `id`; absent for the only instance. */
  readonly instance?: string;
}

/** How many files one may build on, one after the other. */
const greatestDepth = 5;
const largestFile = 256 * 1024;

/**
 * Settings in force: the file on the base, which the change itself cannot touch; where there is none, the one in the
 * owner's `.github` repository; then what those extend. A file that cannot be read is a problem to tell, never taken as
 * absent. The head's version, when the change touches the file, is read beside for a dry run.
 */
export async function collectSettings(
  repository: JudgedRepository,
  commits: { readonly base: string; readonly head: string },
  request: SettingsRequest,
): Promise<SettingsInForce> {
  const inForce = await settingsAt(repository, commits, request);
  const { instance = 'default' } = request;
  const known = Object.keys(inForce.settings.instances ?? {});
  if (instance === 'default' && known.length === 0) return inForce;
  const isUnknown = instance !== 'default' && known.length > 0 && !known.includes(instance);
  return {
    ...inForce,
    instance,
    problems: [
      ...inForce.problems,
      ...(isUnknown
        ? [
            `the settings give the instance ${quoteName(instance)} no paths, so it looks after all of them; those with paths are ${known.slice(0, 5).map(quoteName).join(', ')}`,
          ]
        : []),
    ],
  };
}

async function settingsAt(
  repository: JudgedRepository,
  commits: { readonly base: string; readonly head: string },
  request: SettingsRequest,
): Promise<SettingsInForce> {
  const [atBase, atHead, besides] = await Promise.all([
    repository.readFile(commits.base, settingsPath, { maxBytes: largestFile }),
    repository.readFile(commits.head, settingsPath, { maxBytes: largestFile }),
    repository.readFile(commits.head, misspeltPath, { maxBytes: largestFile }),
  ]);
  const own = request.repository ? `${request.repository}:${settingsPath}` : settingsPath;
  const base = textOf(atBase, settingsPath);
  const found =
    'problem' in base
      ? { settings: {}, from: [], problems: [base.problem] }
      : base.text === undefined
        ? await ofOwner(request)
        : await resolved(base.text, own, settingsPath, request);
  const isMisspelt = besides !== 'absent' && !isUnavailable(besides);
  const inForce = isMisspelt ? { ...found, problems: [...found.problems, misspelt] } : found;
  const head = textOf(atHead, settingsPath);
  if ('problem' in head || ('text' in base && base.text === head.text)) return inForce;
  const isRemoved = head.text === undefined;
  const { settings, problems } =
    head.text === undefined ? await ofOwner(request) : await resolved(head.text, own, settingsPath, request);
  return { ...inForce, proposed: { settings, problems, ...(isRemoved && { isRemoved }) } };
}

type Text = { readonly text: string | undefined } | { readonly problem: string };

function textOf(content: Awaited<ReturnType<JudgedRepository['readFile']>>, name: string): Text {
  if (content === 'absent') return { text: undefined };
  if (content === 'too large')
    return { problem: `${quoteName(name)} is larger than 256 KiB; the default settings are used` };
  if (isUnavailable(content)) return { problem: `${quoteName(name)} was not read: ${content.unavailable}` };
  return { text: new TextDecoder().decode(content) };
}

/** Without a file of its own a repository has its owner's. */
async function ofOwner(request: SettingsRequest): Promise<SettingsInForce> {
  const owner = request.repository?.split('/')[0];
  if (!request.client || !owner || request.repository === `${owner}/.github`)
    return { settings: {}, from: [], problems: [] };
  const file = { repository: `${owner}/.github`, path: settingsPath };
  const read = await fetched(file, request.client);
  if ('problem' in read) return { settings: {}, from: [], problems: [read.problem] };
  return read.text === undefined
    ? { settings: {}, from: [], problems: [] }
    : resolved(read.text, nameOf(file), nameOf(file), request);
}

/** A file with everything it extends, depth first; what is nearer wins. */
async function resolved(
  text: string,
  name: string,
  shown: string,
  request: SettingsRequest,
  seen: readonly string[] = [],
): Promise<SettingsInForce> {
  const { settings, extends: parents, problems } = await request.parse(text, shown);
  let merged = settings;
  const from = [name];
  const told = [...problems];
  for (const parent of parents.toReversed()) {
    const file = fileOf(parent);
    if (!file) {
      told.push(
        `${shown}: extends ${quoteName(parent)} is not of the form owner/repo, owner/repo:path or owner/repo@ref`,
      );
      continue;
    }
    const parentName = nameOf(file);
    if (parentName === name || seen.includes(parentName)) {
      told.push(`${shown}: extends ${quoteName(parent)} leads back to where it started; it was left out`);
      continue;
    }
    if (seen.length + 1 >= greatestDepth) {
      told.push(
        `${shown}: more than ${greatestDepth} files build on one another; ${quoteName(parent)} was left out`,
      );
      continue;
    }
    const read = request.client
      ? await fetched(file, request.client)
      : { problem: `${quoteName(parentName)} was not read: a local run reads only this repository` };
    if ('problem' in read) {
      told.push(read.problem);
      continue;
    }
    if (read.text === undefined) {
      told.push(
        `${shown}: extends ${quoteName(parent)}, which does not exist or may not be read by this token`,
      );
      continue;
    }
    const far = await resolved(read.text, parentName, parentName, request, [...seen, name]);
    merged = request.merge(merged, far.settings);
    from.push(...far.from);
    told.push(...far.problems);
  }
  return { settings: merged, from, problems: told };
}

interface RemoteFile {
  readonly repository: string;
  readonly path: string;
  readonly ref?: string;
}

/** `owner/repo`, `owner/repo:path`, `owner/repo@ref`, `owner/repo:path@ref`. */
function fileOf(text: string): RemoteFile | undefined {
  const match =
    /^(?!\.+\/)([\w.-]{1,100}\/(?!\.+(?:[:@]|$))[\w.-]{1,100})(?::([^@\s]{1,300}))?(?:@([^\s@]{1,200}))?$/.exec(
      text,
    );
  if (!match?.[1]) return undefined;
  return {
    repository: match[1],
    path: match[2] ?? settingsPath,
    ...(match[3] !== undefined && { ref: match[3] }),
  };
}

function nameOf({ repository, path, ref }: RemoteFile): string {
  return `${repository}:${path}${ref === undefined ? '' : `@${ref}`}`;
}

async function fetched(file: RemoteFile, client: GitHubClient): Promise<Text> {
  const [owner, repo] = file.repository.split('/');
  const answer = await client.rest<{
    readonly content?: string;
    readonly encoding?: string;
    readonly size?: number;
  }>('GET /repos/{owner}/{repo}/contents/{path}', {
    owner,
    repo,
    path: file.path,
    ...(file.ref !== undefined && { ref: file.ref }),
  });
  if (answer.ok) {
    if (answer.data.encoding !== 'base64' || (answer.data.size ?? 0) > largestFile)
      return { problem: `${quoteName(nameOf(file))} is no settings file of at most 256 KiB` };
    return { text: Buffer.from(answer.data.content ?? '', 'base64').toString('utf8') };
  }
  // GitHub answers "not found" for what a token may not see, so absent and hidden cannot be told apart.
  if (answer.error.status === 404) return { text: undefined };
  return { problem: `${quoteName(nameOf(file))} was not read: ${answer.error.message}` };
}
