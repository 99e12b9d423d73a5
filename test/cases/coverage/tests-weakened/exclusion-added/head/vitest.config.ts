export default { test: { coverage: { exclude: ['src/generated/**', 'src/cli.ts'] } } };
