/** Extensions of source files (with the dot) that the given paths have. */
export function sourceExtensions(paths: Iterable<string>): ReadonlySet<string> {
  const extensions = new Set<string>();
  for (const path of paths) {
    const extension = extensionOf(path);
    if (extension !== '') extensions.add(extension);
  }
  return extensions;
}

/**
 * Is this a file that one expects in a coverage report? Only the languages the report itself covers count; tests, their
 * fixtures and helpers, declarations without code, settings, documentation, generated and vendored files do not.
 */
export function isSourceFile(path: string, extensions: ReadonlySet<string>): boolean {
  return extensions.has(extensionOf(path)) && !isTestFile(path) && !isAside(path);
}

export function isTestFile(path: string): boolean {
  return (
    /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|__fixtures__|fixtures|testdata|testing|e2e|cypress|src\/(?:test|it|androidTest|integrationTest)|[\w.-]+\.Tests?)\//i.test(
      path,
    ) ||
    /(?:^|\/)(?:test_[^/]+|conftest)\.py$/.test(path) ||
    /(?:[._-](?:test|tests|spec|specs|e2e|cy|stories|bench)\.\w+|_test\.\w+|_spec\.\w+)$/i.test(path) ||
    /[a-z0-9](?:Tests?|IT|Spec|TestCase)\.(?:java|kt|kts|scala|groovy|cs|php|swift|ts|js)$/.test(path)
  );
}

/** Data that tests read, even where it is written as tests are. */
export function isFixture(path: string): boolean {
  return /(?:^|\/)(?:fixtures?|__fixtures__|testdata)\/|\.fixture\.\w+$/i.test(path);
}

function isAside(path: string): boolean {
  return (
    /(?:^|\/)(?:node_modules|_?vendor|vendored|third_party|third-party|dist|build|out|target|docs?|examples?|samples?|bench(?:marks?)?|migrations?|generated|__generated__|gen|\.[^/]+)\//i.test(
      path,
    ) ||
    /\.d\.[cm]?ts$|\.(?:min|bundle|generated|gen|g|pb|designer)\.\w+$|(?:_pb2(?:_grpc)?|_gen|_generated|\.pb\.gw)\.\w+$/i.test(
      path,
    ) ||
    /(?:^|\/)(?:[^/]+\.config\.\w+|[^/]*rc\.[cm]?js|setup\.py|gulpfile\.\w+|gruntfile\.\w+|module-info\.java|package-info\.java|build\.rs|doc\.go|db\/(?:\w+_)?schema\.rb)$/i.test(
      path,
    )
  );
}

function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot).toLowerCase() : '';
}
