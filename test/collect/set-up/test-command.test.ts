import { describe, expect, it } from 'vitest';
import { runsTests } from '../../../src/collect/set-up/test-command.ts';

describe('a script runs tests when it', () => {
  it.each([
    // As GitHub's own starter workflows have them.
    'npm test',
    'python -m pytest',
    'go test -v ./...',
    './gradlew build',
    'mvn -B package --file pom.xml',
    'bundle exec rake',
    'bin/rails test',
    'python manage.py test',
    'vendor/bin/phpunit',
    'composer run-script test',
    'cargo test --verbose',
    'dotnet test --no-build --verbosity normal',
    'swift test -v',
    'mix test',
    'deno test -A',
    'sbt test',
    'make check',
    // As monorepos and task runners have them.
    'pnpm --filter web test',
    'pnpm -F "!@acme/api" -r test-unit',
    'yarn workspace @acme/web test',
    'yarn --cwd ui test',
    'npm --prefix ui run test:ci',
    'pnpm turbo run test --affected',
    'npx nx affected -t test',
    'just ui::test',
    'task e2e:test',
    'make -C api spec/test',
    'uv run pytest -q',
    'poetry run coverage run -m unittest',
    'tox -e py312',
    'bundle exec rails test:all',
    'bin/rails knapsack_pro:rspec',
    'bundle exec rake ${{ matrix.task }}',
    'cargo +nightly llvm-cov nextest --lcov',
    'CI=1 npx vitest run --coverage',
    'go test \\\n  -race ./...',
    'npm ci && npm test',
    './gradlew test -x :slow-tests:test',
    'mvn verify -DskipTests=false',
    'nix develop -c make test',
    'make testall',
    'bundle exec bake test',
    'bundle exec rake spec:${{ matrix.suite }}',
    'bundle exec cucumber features/admins',
    // As projects with scripts of their own have them.
    '"scripts/test"',
    'bash script/test',
    './run-tests.sh --fast',
    'CI=1 ./bin/run_tests',
    'test/runner --verbose',
  ])('says %j', (script) => {
    expect(runsTests(script)).toBe(true);
  });
});

describe('a script runs no tests when it', () => {
  it.each([
    '',
    'pip install flake8 pytest',
    'python -m pip install --upgrade pip tox',
    'uv pip install pytest \\\n  pytest-cov',
    'npm install --global jest',
    'npm run build',
    'npm run lint',
    '# pytest runs in the other job',
    'echo "now run npm test"',
    './gradlew build -x test',
    './mvnw spotless:check',
    'mvn -B install -DskipTests',
    'cargo test --no-run',
    'cargo check --tests',
    'cargo clippy --all-targets -- -D warnings',
    'go mod verify',
    'go build ./cmd/upgrade-tests',
    'bundle exec rake db:create db:test:prepare',
    'bundle exec rubocop',
    'tox -e docs',
    'nox --session lint',
    'pnpm --filter api-test-suite exec playwright install',
    'bun ./scripts/build.test.ts',
    'vitest run --merge-reports',
    'git config user.name "pytest bot"',
    'docker build -f Dockerfile.test .',
    './scripts/deploy-test-server.sh',
    'cp config/test /tmp',
    'ls test/run',
    'node scripts/testing-library.js',
    './latest',
    'rm -rf api/tests',
    'smoke=$(find t/smoke/tests -type f)',
  ])('says %j', (script) => {
    expect(runsTests(script)).toBe(false);
  });

  it('is read in no time when a line is endless', () => {
    const started = performance.now();
    expect(runsTests('npm '.repeat(500_000))).toBe(false);
    expect(runsTests(`${'pnpm --filter '.repeat(100_000)}test`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
