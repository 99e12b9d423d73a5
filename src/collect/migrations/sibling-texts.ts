import { detectMigration, migrationStep } from '../../migrations/detect/detect-migration.ts';
import { namesDatabase } from '../../migrations/detect/folder-databases.ts';
import type { MigrationSource } from '../../migrations/detect/framework.ts';
import { siblingMigrations } from '../../migrations/detect/sibling-migrations.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { TreeFile } from '../git/tree-files.ts';

/** How many of the newest migrations of a folder are looked at for the name of its database. Chosen by us. */
const mostSiblings = 12;
const largestSibling = 64 * 1024;

/** Migrations beside those that do not say which database they are written for: what their folder speaks decides. */
export async function siblingTexts(
  repository: JudgedRepository,
  sources: readonly MigrationSource[],
  head: readonly TreeFile[],
): Promise<readonly MigrationSource[]> {
  const files = head.filter(({ path, kind }) => kind === 'file' && path.endsWith('.sql'));
  const byPath = new Map(files.map((file) => [file.path, file]));
  const seen = new Set(sources.map(({ path }) => path));
  const wanted = new Map<string, MigrationSource>();
  const roots = new Set<string>();
  for (const source of sources) {
    if (roots.has(migrationStep(source)?.root ?? '')) continue;
    const detected = detectMigration(source);
    if (!detected || namesDatabase(detected) || detected.code !== undefined) continue;
    roots.add(detected.root);
    const siblings = siblingMigrations(source, [...byPath.keys()]).filter(({ path }) => !seen.has(path));
    for (const { path } of siblings.slice(-mostSiblings)) wanted.set(path, source);
  }
  const blobs = await repository.readBlobs(
    [...wanted.keys()].flatMap((path) => byPath.get(path) ?? []),
    { maxBytes: largestSibling },
  );
  return [...wanted].flatMap(([path, source]) => {
    const blob = blobs.get(byPath.get(path)?.oid ?? '');
    return blob instanceof Uint8Array ? [{ ...source, path, text: new TextDecoder().decode(blob) }] : [];
  });
}
