import { setFlagsFromString } from 'node:v8';

const optimising = ['wasm-tier-up', 'wasm-dynamic-tiering'] as const;

/**
 * Runs `work`, leaving the WebAssembly functions that it calls for the first time to V8's quick compiler for good.
 * Optimising the grammar's one huge function takes 550 MB and half a second of a core, for which the process even waits
 * at its end; a thousand migrations do not win that back (docs/performance.md). Other modules keep being optimised.
 */
export function baselineCompiled<T>(work: () => T): T {
  for (const flag of optimising) setFlagsFromString(`--no-${flag}`);
  try {
    return work();
  } finally {
    for (const flag of optimising) setFlagsFromString(`--${flag}`);
  }
}
