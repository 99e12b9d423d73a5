/** A workflow as people write them: two jobs that test, one that does not, in two styles of indentation. */
export const ciWorkflow = `name: CI
on: [push, pull_request]
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: npm test -- --coverage
        env:
          A: b

  lint:
    runs-on: ubuntu-latest
    steps:
    - run: npm run lint
  e2e:
    runs-on: ubuntu-latest
    steps:
    - name: tests
      run: |
        npx vitest run e2e
        echo done
`;
