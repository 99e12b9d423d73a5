/**
 * JSON as it may be printed by a step of a workflow: indented, ending with a line feed, and without the `##[` that a runner
 * would obey inside a string. Only a string can hold it, where the escape means the same character.
 */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2).replaceAll('##[', '#\\u0023[')}\n`;
}
