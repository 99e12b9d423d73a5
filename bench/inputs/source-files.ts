/** Path of a source file, the same in repositories and in reports about them. */
export function sourcePath(index: number): string {
  return `src/module-${index % 37}/file-${index}.ts`;
}

/** Lines of the files that reports know: 100 to 799, 450 in the middle. */
export function measuredLines(index: number): number {
  return 100 + ((index * 619) % 700);
}
