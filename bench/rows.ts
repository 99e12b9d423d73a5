import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Inputs } from './inputs/make-inputs.ts';
import type { Contender, Row } from './row.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/cli.js');

/** What is measured, beside what, and what it is held to. `programs` holds the bundled programs of programs/. */
export function rowsOf(inputs: Inputs, programs: string): readonly Row[] {
  const node = (name: string, parameters: readonly string[], more: Partial<Contender> = {}): Contender => ({
    name,
    command: process.execPath,
    parameters,
    clock: 'process',
    ...more,
  });
  const work = (name: string, program: string, input: string): Contender =>
    node(name, [join(programs, `${program}.js`), input], { clock: 'work' });
  // Of an event that nobody handles: the program starts, reads its inputs, and ends.
  const event = {
    GITHUB_EVENT_NAME: 'watch',
    GITHUB_EVENT_PATH: inputs.event,
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_WORKSPACE: inputs.plain,
    INPUT_TOKEN: 'none',
  };
  const check = (folder: string) =>
    node('review-vitals check', [cli, 'check', '--repo', folder, '--base', 'main'], { folder });
  const danger = node(
    '`danger local`, empty dangerfile',
    [inputs.danger, 'local', '--base', 'main', '--dangerfile', 'dangerfile.js'],
    { folder: inputs.withSql },
  );

  return [
    {
      id: 'start-up',
      title: 'Start of `dist/action.js`, on an event it has nothing to do for',
      rounds: 21,
      ours: node('dist/action.js', [join(root, 'dist/action.js')], { environment: event }),
      others: [
        node(
          'a hello action with @actions/core and @actions/github, bundled',
          [join(programs, 'hello-action.js')],
          {
            environment: event,
          },
        ),
      ],
      bounds: [{ beside: 'a hello action with @actions/core and @actions/github, bundled', atMost: 1.5 }],
    },
    {
      id: 'check',
      title: '`check` of a diff of 300 files, 10 of them migrations',
      rounds: 7,
      ours: check(inputs.withSql),
      others: [danger],
      bounds: [{ beside: danger.name, atMost: 0.4 }],
    },
    {
      id: 'check-without-cache',
      title: 'The same `check` where nothing is kept between runs',
      rounds: 7,
      ours: {
        ...check(inputs.withSql),
        environment: { XDG_CACHE_HOME: join(inputs.withSql, 'nowhere', 'cache') },
      },
      others: [danger],
      bounds: [],
    },
    {
      id: 'check-without-sql',
      title: '`check` of a diff of 300 files without SQL',
      rounds: 11,
      ours: check(inputs.plain),
      others: [
        {
          name: '`node -e 0`, then the same `git diff`',
          command: 'sh',
          parameters: ['-c', '"$0" -e 0 && git diff main...HEAD >/dev/null', process.execPath],
          folder: inputs.plain,
          clock: 'process',
        },
      ],
      bounds: [{ beside: '`node -e 0`, then the same `git diff`', atMost: 3 }],
    },
    {
      id: 'lcov',
      title: 'Work of reading 50 MB of lcov',
      rounds: 5,
      ours: work('our reader', 'read-report', inputs.lcov),
      others: [
        work('a scan of the bytes', 'scan-bytes', inputs.lcov),
        work('parse-lcov', 'parse-lcov', inputs.lcov),
        work('lcov-parse', 'lcov-parse', inputs.lcov),
        work('@friedemannsommer/lcov-parser', 'lcov-parser', inputs.lcov),
        work('our reader, a tenth of the report', 'read-report', inputs.smallLcov),
      ],
      bounds: [
        { beside: 'a scan of the bytes', atMost: 2.5 },
        { beside: 'parse-lcov', atMost: 1 / 15 },
        { beside: 'lcov-parse', atMost: 1 / 15 },
        { beside: '@friedemannsommer/lcov-parser', atMost: 1 / 15 },
        { beside: 'our reader, a tenth of the report', atMost: 11 },
      ],
      memoryAtMost: 150,
    },
    {
      id: 'lcov-command',
      title: '`coverage` with 50 MB of lcov, the whole process',
      rounds: 5,
      ours: node('review-vitals coverage', [cli, 'coverage', inputs.lcov, '--repo', inputs.plain]),
      others: [
        node('a scan of the bytes, the whole process', [join(programs, 'scan-bytes.js'), inputs.lcov]),
      ],
      bounds: [],
      memoryAtMost: 150,
    },
    {
      id: 'cobertura',
      title: 'Work of reading 50 MB of Cobertura XML',
      rounds: 5,
      ours: work('our reader', 'read-report', inputs.cobertura),
      others: [
        work('a scan of the bytes', 'scan-bytes', inputs.cobertura),
        work('our reader, a tenth of the report', 'read-report', inputs.smallCobertura),
      ],
      bounds: [
        { beside: 'a scan of the bytes', atMost: 3 },
        { beside: 'our reader, a tenth of the report', atMost: 11 },
      ],
      memoryAtMost: 150,
    },
    {
      id: 'check-with-report',
      title: '`check` of a diff of 1,000 files without SQL, with 50 MB of lcov',
      rounds: 7,
      ours: node(
        'review-vitals check',
        [cli, 'check', '--repo', inputs.measured, '--base', 'main', '--coverage', 'lcov.info'],
        { folder: inputs.measured },
      ),
      others: [
        {
          name: '`node -e 0`, a scan of the bytes, then the same `git diff`',
          command: 'sh',
          // The scan is itself a program of Node: its start stands for `node -e 0`.
          parameters: [
            '-c',
            '"$0" "$1" lcov.info && git diff main...HEAD >/dev/null',
            process.execPath,
            join(programs, 'scan-bytes.js'),
          ],
          folder: inputs.measured,
          clock: 'process',
        },
      ],
      bounds: [{ beside: '`node -e 0`, a scan of the bytes, then the same `git diff`', atMost: 3 }],
    },
    {
      id: 'migrations',
      title: '`migrations` of 1,000 SQL files, the whole process',
      rounds: 7,
      ours: node('review-vitals migrations', [cli, 'migrations', 'db/migrations'], {
        folder: inputs.migrations,
      }),
      others: [
        node('libpg-query parsing them, and nothing else', [
          join(programs, 'parse-sql.js'),
          join(inputs.migrations, 'db/migrations'),
        ]),
        {
          name: 'squawk (native)',
          command: inputs.squawk,
          parameters: ['--no-error-on-unmatched-pattern', 'db/migrations/*.sql'],
          folder: inputs.migrations,
          clock: 'process',
        },
      ],
      bounds: [
        { beside: 'libpg-query parsing them, and nothing else', atMost: 1.5 },
        { beside: 'squawk (native)', atMost: 3 },
      ],
    },
  ];
}
