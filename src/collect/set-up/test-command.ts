/** Far longer than what people write; the words for tests stand nearer to its start. */
const longestCommand = 2_000;

/** Programs that do nothing but run tests. */
const testTools = words(
  'vitest jest mocha ava nyc c8 pytest py.test phpunit paratest pest rspec parallel_rspec parallel_test turbo_tests gotestsum ctest karma cucumber bats behave ginkgo phpspec codecept',
);
/** Programs whose first word says that they test. */
const builders: Readonly<Record<string, RegExp>> = {
  cargo: /^(?:test|nextest|llvm-cov|tarpaulin|insta)$/,
  go: /^test$/,
  dotnet: /^test$/,
  mix: /^(?:test|coveralls)/,
  flutter: /^test$/,
  dart: /^test$/,
  swift: /^test$/,
  forge: /^(?:test|coverage)$/,
  coverage: /^run$/,
};
/** Programs that run what the words behind them name: a script, a task, a target. */
const runners = words(
  'npm pnpm yarn bun npx bunx turbo nx lerna just task make mage mage.go rake rails composer artisan manage.py deno sbt lein hatch pdm poetry inv invoke mise bazel bake',
);
/** Options whose next word is a place and no task. */
const takesPlace = /^(?:--(?:filter|prefix|cwd|dir|workspace|justfile|project|file)|-[FCwf])$/;
const testTask = /^(?:tests?|tests?all|coverage)$/i;
/** Files that a project keeps for running its tests (`scripts/test`, `bin/run-tests.sh`), and what starts them. */
const testScript =
  /\/(?:run[-_]?)?(?:(?:all|unit|integration)[-_]?)?tests?(?:[-_]?(?:all|unit|integration|coverage))?(?:\.(?:sh|bash|py|rb|ps1))?$|(?:^|\/)tests?\/run(?:ner)?(?:\.\w{1,4})?$/i;
const starter = /^(?:(?:ba|z|da)?sh|python3?|ruby|pwsh|time|exec|env|xvfb-run)$|^\w+=[^$(]*$/;
/** Besides what is called a test: what the life cycles of these programs run tests on. */
const phases: readonly (readonly [RegExp, RegExp])[] = [
  [/^mvnw?$/, /^(?:test|verify|package|install|integration-test)$/],
  [
    /^gradlew?$/,
    /(?:^|:)(?:test|check|build|(?!assemble|compile|detekt|lint)\w*(?:Tests?|TestReport|UnitTest))$/,
  ],
  [/^make$/, /^(?:dist)?check$/],
  [/^(?:rake|rails)$/, /^(?:\w+_)?spec(?::(?:\w+|\$\{\{\}\}))*$|rspec$/],
];
const installs =
  /^(?:sudo\s+)?(?:python3?\s+-m\s+|uv\s+)?(?:pip3?|npm|pnpm|yarn|bun|uv|poetry|pipx|gem|apt|apt-get|brew|conda|composer|mise)(?:\s+-\S+)*\s+(?:install|i|ci|add|require|use)\b/;
/** Tests that a command leaves out, compiles only or would run. */
const leftOut =
  /-x\s+:?test(?:\s|$)|-D(?:skipTests|maven\.test\.skip)(?!=false)|--(?:no-run|dry-run|merge-reports)\b|llvm-cov\s+(?:clean|show-env)/;
const namedSession = /\s(?:-e|-s|--session)[\s=]+["']?(\S+)/;

/** Whether the script of a step runs tests, as far as its words tell: by tool, script, task or phase. */
export function runsTests(script: string): boolean {
  return (
    script
      .replaceAll(/\\\r?\n/g, ' ')
      // One word each, whatever stands inside.
      .replaceAll(/\$\{\{[^{}\n]{0,200}\}\}/g, '${{}}')
      .split(/\r?\n|[;|&]/)
      .some((command) => isTestCommand(command.slice(0, longestCommand).trim()))
  );
}

function isTestCommand(command: string): boolean {
  if (/^(?:#|echo\b|git\b|gh\b)/.test(command) || installs.test(command) || leftOut.test(command))
    return false;
  const parts = command.split(/\s+/).map((word) => word.replaceAll(/^["'(]+|["')]+$/g, ''));
  return parts.some((word, at) => {
    const program = word.slice(word.lastIndexOf('/') + 1).replace(/\.(?:bat|cmd|exe)$/, '');
    if ((at === 0 || starter.test(parts[at - 1] ?? '')) && testScript.test(word)) return true;
    return testTools.has(program) || namesTests(program, parts.slice(at + 1), command);
  });
}

function namesTests(program: string, rest: readonly string[], command: string): boolean {
  if (program === 'tox' || program === 'nox') {
    const session = namedSession.exec(command)?.[1];
    return session === undefined || /\d|test|cov|unit|integration|\$/.test(session);
  }
  const tasks = rest.filter(
    (word, at) => !/^(?:[-+.]|\$)|=/.test(word) && !takesPlace.test(rest[at - 1] ?? ''),
  );
  const builder = Object.hasOwn(builders, program) ? builders[program] : undefined;
  if (builder) return builder.test(tasks[0] ?? '');
  // `rake` alone runs its default task, which is the tests nearly everywhere; so is what a matrix names.
  if (program === 'rake' && (tasks.length === 0 || rest.some((word) => word.startsWith('${{')))) return true;
  const phase = phases.find(([name]) => name.test(program))?.[1];
  if (phase && tasks.some((task) => phase.test(task))) return true;
  if (!runners.has(program) || tasks.some((task) => /^(?:playwright|cypress)$/.test(task))) return false;
  return tasks.some(
    (task) =>
      !/^(?:db|assets):|\.(?:[cm]?[jt]sx?|py|json)$/.test(task) &&
      task.split(/[:._/-]/).some((part) => testTask.test(part)),
  );
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
