/** `--help` of the program and of each command. */
export const help: Readonly<Record<string, string>> = {
  '': `review-vitals: where coverage falls, review is rushed, and migrations lock tables or carry no reason

Usage: review-vitals <command> [options]

  check        judge a branch of a local clone against its base
  coverage     what coverage reports say: totals, and paths that match no tracked file
  migrations   what migrations do: operations, locks, rewrites, way back
  review       judge recorded review timelines without GitHub
  history      the last weeks of a repository: what the weekly issue says
  court        every rule tried on this repository's own history
  rules        all rules, one a line
  explain      what a rule measures, its sources, when it stays quiet
  init         set a repository up; existing files are shown a diff and left alone
  app          the GitHub App server
  doctor       what of the set-up is missing, and the exact line to add

\`review-vitals <command> --help\` tells more, \`--version\` the version. Exit code 0: ran, nothing at or above --fail-on. 1: findings at that level. 2: could not run.
`,
  check: `Usage: review-vitals check [options]

  --repo DIR          the clone to judge                       (default: this folder)
  --base REV          what the change goes to                  (default: the remote's default branch, else main or master)
  --head REV          what is judged                           (default: HEAD)
  --coverage GLOB     coverage reports; may be repeated        (default: the well-known names)
  --base-coverage GLOB  reports of the base to compare with; may be repeated
  --pull NUMBER       judge that pull request of the clone's repository on GitHub (GITHUB_TOKEN), and print instead of posting
  --pull FILE         its text and timeline as recorded (docs/review-timeline.md), beside the branch
  --facts FILE        judge saved facts instead of collecting
  --save-facts FILE   write the collected facts
  --fail-on LEVEL     never, notice, warning or failure        (default: never)
  --format FORMAT     text, json, sarif, markdown, github, rdjson (default: text)

Only committed changes are judged. The clone is never written to, and without --pull NUMBER no token is needed.

Example: review-vitals check --base main --coverage coverage/lcov.info
`,
  coverage: `Usage: review-vitals coverage REPORT... [options]

  --repo DIR          whose tracked files the paths are matched with   (default: this folder)
  --format FORMAT     text or json                                     (default: text)

Example: review-vitals coverage coverage/lcov.info --format json
`,
  migrations: `Usage: review-vitals migrations PATH... [options]

  --format FORMAT     text or json                             (default: text)

The files given are one change, in version order: what one creates another may alter. Works outside a git repository too.

Example: review-vitals migrations db/migrations/*.sql
`,
  rules: `Usage: review-vitals rules [--format text|json]

Example: review-vitals rules
`,
  explain: `Usage: review-vitals explain RULE

Example: review-vitals explain migrations/blocking-index
`,
  history: `Usage: review-vitals history [OWNER/NAME] [options]

  --repo DIR          the clone to read                        (default: this folder)
  --since WEEKS       how many weeks are shown, 2w to 26w      (default: 8w)
  --until DAY         the day the last week ends               (default: now)
  --format FORMAT     text, json, markdown or html             (default: text)

Works without a token; with GITHUB_TOKEN it also reads pull requests and reviews.

Example: review-vitals history --since 12w
`,
  court: `Usage: review-vitals court [options]

  --repo DIR          a complete clone                         (default: this folder)
  --since DAY         merges from this day on                  (default: the last three years)
  --most N            changes that are judged; of more, a part is drawn (default: 600)
  --seed N            of the draw and of the shuffled twin     (default: 1)
  --watch DAYS        days in which a revert or a fix counts   (default: 180)
  --timelines FILE    recorded reviews, for the review rules
  --days DAYS         days their usual is learned from         (default: 180)
  --outcomes FILE     what became of the recorded pull requests, in place of the clone
  --format FORMAT     text, json or markdown                   (default: text)

Were changes on which a rule spoke reverted or fixed more often than others like them? No token is needed; with GITHUB_TOKEN
reviews and descriptions are read too.
docs/court.md says how it is decided and describes the files.

Example: review-vitals court --since 2024-01-01 --format markdown
`,
  init: `Usage: review-vitals init [options]

  --repo DIR          the clone to set up                      (default: this folder)
  --owner NAME        the owner that the action is used from   (default: the one in use, else review-vitals)
  --force             change existing workflows too

Example: review-vitals init --owner acme
`,
  doctor: `Usage: review-vitals doctor [--repo DIR]

Exit code 0: nothing is missing. 1: something is.

Example: review-vitals doctor
`,
  review: `Usage: review-vitals review TIMELINE.json... [options]

  --format FORMAT     text or json                             (default: text)
  --days N            days the usual is learned from           (default: 180)
  --fail-on LEVEL     never, notice, warning or failure        (default: never)

docs/review-timeline.md describes the file.

Example: review-vitals review timelines.json --format json
`,
  app: `Usage: review-vitals app [options]

  --host HOST         the address to listen on                 (default: HOST, else localhost)
  --port PORT         the port to listen on                    (default: PORT, else 3000)
  --data DIR          where the embedded database lies         (default: .review-vitals)

With nothing configured it comes up with the embedded database and the page that sets the App up. DATABASE_URL names a
PostgreSQL instead. Needs Node 22.12 or newer.

Example: review-vitals app --port 3000
`,
};
