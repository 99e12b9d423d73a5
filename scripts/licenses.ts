import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** As much of what rolldown wrote as is needed to know which modules are in it. */
export interface BundledFile {
  readonly modules?: Readonly<Record<string, { readonly renderedLength: number }>>;
}

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The files with the terms and the notices, each with its name. */
  readonly texts: readonly string[];
}

/**
 * The terms of every package of which code, or a file copied beside it, is in the bundles; each package once, by name.
 * `assets` are paths of copied files. The same packages give the same text.
 */
export function licensesText(output: readonly BundledFile[], assets: readonly string[]): string {
  const modules = output.flatMap(({ modules = {} }) =>
    Object.entries(modules)
      .filter(([, { renderedLength }]) => renderedLength > 0)
      .map(([id]) => id),
  );
  const folders = new Set([...modules, ...assets].flatMap((id) => packageFolder(id) ?? []));
  const packages = new Map(
    [...folders].map(readPackage).map((found) => [`${found.name} ${found.version}`, found]),
  );
  const sorted = [...packages].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
  const head = `The bundles in this folder hold code of ${sorted.length} packages besides Review Vitals itself, under these terms.\n`;
  return [head, ...sorted.map(section)].join(`\n${'-'.repeat(80)}\n\n`);
}

/** Packages that say nothing of their terms, each looked at: `buffers` comes with the unzipping of @actions/artifact. */
const withoutTerms: ReadonlySet<string> = new Set(['buffers']);

/** The folder of the innermost package that a module lies in; undefined for our own modules and rolldown's. */
function packageFolder(id: string): string | undefined {
  const path = id.replace(/^\0/, '').replace(/\?.*$/, '').replaceAll('\\', '/');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
}

function readPackage(folder: string): Package {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) throw new Error(`${folder} has no package.json, so its terms are not known.`);
  const { name, version, license }: { name?: unknown; version?: unknown; license?: unknown } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  if (typeof license !== 'string' && !withoutTerms.has(String(name))) {
    throw new Error(`${file} names no license; look before it is bundled.`);
  }
  const texts = readdirSync(folder)
    .filter((entry) => /^(?:licen[cs]e|copying|notice)(?:[.-]|$)/i.test(entry))
    .toSorted()
    .map((entry) => readFileSync(join(folder, entry), 'utf8').replaceAll('\r\n', '\n').trim());
  return {
    name: String(name ?? basename(folder)),
    version: String(version),
    license: typeof license === 'string' ? license : 'no license named',
    texts,
  };
}

function section({ name, version, license, texts }: Package): string {
  const terms =
    texts.length > 0
      ? texts
      : [
          license === 'no license named'
            ? 'The package names no license and holds no text of its own.'
            : `The package says "${license}" and holds no text of its own.`,
        ];
  return `${name} ${version} (${license})\n\n${terms.join('\n\n')}\n`;
}
