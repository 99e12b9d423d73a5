export default { test: { coverage: { thresholds: { lines: 90, branches: 80 } } } };
