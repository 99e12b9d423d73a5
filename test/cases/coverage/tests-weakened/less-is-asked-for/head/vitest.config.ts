export default { test: { coverage: { thresholds: { lines: 80, branches: 80 } } } };
