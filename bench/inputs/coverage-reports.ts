import { closeSync, openSync, writeSync } from 'node:fs';
import { type Random, seededRandom } from './seeded-random.ts';
import { measuredLines, sourcePath } from './source-files.ts';

/** Writes an lcov report of about `bytes` bytes: functions, lines and branches of as many files as that takes. Says how many. */
export function writeLcov(path: string, bytes: number): number {
  return write(path, bytes, { head: '', tail: '' }, lcovFile);
}

/** Writes a Cobertura report of about `bytes` bytes, its methods repeating the lines of their class. */
export function writeCobertura(path: string, bytes: number): void {
  const head =
    '<?xml version="1.0" ?>\n<coverage version="7.6" line-rate="0.8" branch-rate="0.7" timestamp="1700000000">\n' +
    '<sources><source>/build/shop</source></sources>\n<packages>\n';
  write(path, bytes, { head, tail: '</packages>\n</coverage>\n' }, coberturaPackage);
}

function write(
  path: string,
  bytes: number,
  frame: { readonly head: string; readonly tail: string },
  part: (index: number, random: Random) => string,
): number {
  const random = seededRandom(7);
  const file = openSync(path, 'w');
  let written = writeSync(file, frame.head);
  let parts = 0;
  for (; written < bytes; parts += 1) written += writeSync(file, part(parts, random));
  writeSync(file, frame.tail);
  closeSync(file);
  return parts;
}

function lcovFile(index: number, random: Random): string {
  const lines = [`TN:`, `SF:/build/shop/${sourcePath(index)}`];
  const count = measuredLines(index);
  for (let name = 0; name < 10; name += 1) lines.push(`FN:${name * 10 + 1},function${name}`);
  for (let name = 0; name < 10; name += 1) lines.push(`FNDA:${random(40)},function${name}`);
  lines.push('FNF:10', 'FNH:9');
  for (let line = 1; line <= count; line += 1) lines.push(`DA:${line},${random(4) === 0 ? 0 : random(5000)}`);
  lines.push(`LF:${count}`, `LH:${count}`);
  for (let line = 3; line <= count; line += 6) {
    lines.push(`BRDA:${line},0,0,${random(9)}`, `BRDA:${line},0,1,${random(3) === 0 ? '-' : random(9)}`);
  }
  lines.push('end_of_record', '');
  return lines.join('\n');
}

function coberturaPackage(index: number, random: Random): string {
  const count = 100 + random(500);
  const numbers = Array.from({ length: count }, (_, line) => line + 1);
  const line = (number: number) =>
    number % 9 === 0
      ? `<line number="${number}" hits="${random(3)}" branch="true" condition-coverage="50% (1/2)"/>`
      : `<line number="${number}" hits="${random(4) === 0 ? 0 : random(900)}"/>`;
  const method = `<method name="run" signature="()V">\n<lines>\n${numbers.slice(0, 20).map(line).join('\n')}\n</lines>\n</method>`;
  return (
    `<package name="shop.module${index % 97}" line-rate="0.8">\n<classes>\n` +
    `<class name="File${index}" filename="src/module-${index % 97}/file-${index}.py" line-rate="0.8">\n` +
    `<methods>\n${method}\n</methods>\n<lines>\n${numbers.map(line).join('\n')}\n</lines>\n</class>\n</classes>\n</package>\n`
  );
}
