import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .toSorted();
const imports = files.flatMap(importsOf);

/** Room → rooms (or single files) it may import from, besides itself. A path prefix; the longest match counts. */
const directions: Readonly<Record<string, readonly string[]>> = {
  'core/': [],
  'coverage/': ['core/'],
  'review/': ['core/'],
  'migrations/': ['core/'],
  'health/': ['core/', 'coverage/measure/', 'review/measure/', 'migrations/measure/'],
  'render/': ['core/'],
  'config/': ['core/'],
  'collect/': [
    'core/',
    'coverage/formats/',
    'coverage/map-paths.ts',
    'coverage/tracked-paths.ts',
    'coverage/carry-lines.ts',
    'coverage/measure/',
    'migrations/detect/',
    'migrations/sql/',
    'migrations/orm/',
    'migrations/read-migrations.ts',
    'review/timeline.ts',
    'review/measure/',
  ],
  'publish/': ['core/', 'render/', 'collect/github/'],
  'rules.ts': ['core/', 'coverage/rules/', 'review/rules/', 'migrations/rules/', 'health/rules/'],
  'report-on.ts': ['core/', 'rules.ts'],
  'pipeline.ts': [
    'report-on.ts',
    'core/',
    'collect/',
    'render/',
    'publish/',
    'config/',
    'health/',
    'rules.ts',
  ],
  'weekly-pipeline.ts': ['core/', 'collect/', 'render/', 'publish/', 'config/', 'health/', 'rules.ts'],
  'coverage-pipeline.ts': ['core/', 'collect/', 'publish/', 'config/', 'rules.ts'],
  'court-pipeline.ts': ['core/', 'collect/', 'health/', 'rules.ts'],
  'app/': [
    'core/',
    'pipeline.ts',
    'report-on.ts',
    'weekly-pipeline.ts',
    'coverage-pipeline.ts',
    'config/',
    'collect/',
    'publish/',
    'render/',
  ],
  'entry/': [
    'core/',
    'pipeline.ts',
    'report-on.ts',
    'weekly-pipeline.ts',
    'court-pipeline.ts',
    'coverage-pipeline.ts',
    'config/',
    'collect/',
    'render/',
    'publish/',
    'app/',
    'rules.ts',
    'coverage/',
    'migrations/',
  ],
};

/** Rooms that are functions from values to values: no clock, no randomness, no I/O. */
const pureRooms = ['core/', 'coverage/', 'review/', 'migrations/', 'health/', 'render/'];
/** Compression is a function from bytes to bytes. */
const pureModules: ReadonlySet<string> = new Set(['node:zlib']);

describe('who imports whom', () => {
  it.each(Object.keys(directions))('%s imports only from where it may', (room) => {
    const strays = imports
      .filter(({ from, to }) => roomOf(from) === room && to.startsWith('src:'))
      .map(({ from, to }) => ({ from, to: to.slice('src:'.length) }))
      .filter(({ to }) => roomOf(to) !== room && !directions[room]?.some((allowed) => to.startsWith(allowed)))
      .map(({ from, to }) => `src/${from} imports src/${to}`);
    expect(strays).toEqual([]);
  });

  it('every file lives in a room that has a direction', () => {
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it.each(pureRooms)('%s does no I/O', (room) => {
    const strays = imports
      .filter(
        ({ from, to, isTypeOnly }) =>
          from.startsWith(room) && !to.startsWith('src:') && !isTypeOnly && !pureModules.has(to),
      )
      .map(({ from, to }) => `src/${from} imports ${to}`);
    expect(strays).toEqual([]);
  });

  it.each(pureRooms)('%s knows no clock, no randomness and no environment', (room) => {
    const strays = files
      .filter((file) => file.startsWith(room))
      .filter((file) =>
        /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.(?:env|argv|cwd)|\bperformance\.now\(/.test(
          source(file),
        ),
      );
    expect(strays).toEqual([]);
  });

  it('the Action and the command line use nothing that Node 20 lacks', () => {
    const newer =
      /\b(?:Map|Object)\.groupBy\(|\bPromise\.(?:withResolvers|try)\b|\bArray\.fromAsync\(|\.(?:keys|values|entries)\(\)\s*\.(?:map|filter|some|every|find|reduce|toArray|flatMap|take|drop|forEach)\(|\bimport\.meta\.(?:dirname|filename)\b|\bRegExp\.escape\(/;
    const strays = files.filter((file) => !file.startsWith('app/') && newer.test(source(file)));
    expect(strays).toEqual([]);
  });

  it('there is no import cycle', () => {
    expect(findCycle()).toBeUndefined();
  });

  it('no file is called utils, helpers or index: a name says what is inside', () => {
    expect(files.filter((file) => /(?:^|\/)(?:utils?|helpers?|index|common|misc)\.ts$/.test(file))).toEqual(
      [],
    );
  });
});

function roomOf(file: string): string | undefined {
  return Object.keys(directions).find((room) => file.startsWith(room));
}

function source(file: string): string {
  return readFileSync(join(src, file), 'utf8');
}

function importsOf(file: string): readonly Import[] {
  const pattern =
    /^(?:import|export)\s+(type\s)?[^'"();=]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;
  return [...source(file).matchAll(pattern)].map((match) => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? '';
    const to = specifier.startsWith('.')
      ? `src:${relative(src, resolve(dirname(join(src, file)), specifier)).replaceAll('\\', '/')}`
      : specifier;
    return { from: file, to, isTypeOnly: match[1] !== undefined };
  });
}

function findCycle(): readonly string[] | undefined {
  const next = Map.groupBy(
    imports.filter(({ to, isTypeOnly }) => to.startsWith('src:') && !isTypeOnly),
    ({ from }) => from,
  );
  const done = new Set<string>();
  function walk(file: string, trail: readonly string[]): readonly string[] | undefined {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { to } of next.get(file) ?? []) {
      const cycle = walk(to.slice('src:'.length), [...trail, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  }
  for (const file of files) {
    const cycle = walk(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}
