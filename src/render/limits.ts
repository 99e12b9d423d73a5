import { counted } from './numbers.ts';

/** GitHub refuses a comment above 65,536 characters; stay below, so that the marker and the sentence about the cut fit. */
export const maxCommentLength = 60_000;
/** `output.summary` and `output.text` of a check run hold 65,535 characters each. */
export const maxCheckRunLength = 65_535;
/** A step's job summary is lost above 1 MiB, sometimes silently. In bytes; the rest is for what else the step writes there. */
export const maxJobSummaryBytes = 1_000_000;

/** Where the whole text can be had, when it is cut: the end of a sentence about it. */
const inJobSummary = 'the job summary has all of it';

/** Joins sections with blank lines and leaves out, whole and with a sentence, those that do not fit any more. */
export function cutToLength(
  sections: readonly string[],
  limit = maxCommentLength,
  elsewhere = inJobSummary,
  size: (text: string) => number = ({ length }) => length,
): string {
  const kept: string[] = [];
  let length = 0;
  let left = 0;
  for (const section of sections.filter((text) => text !== '')) {
    const more = size(section) + 2;
    if (length + more > limit - 160) {
      left += 1;
      continue;
    }
    kept.push(section);
    length += more;
  }
  if (left > 0)
    kept.push(
      `_${left === 1 ? 'One section' : counted(left, 'section')} did not fit into this text; ${elsewhere}._`,
    );
  return kept.join('\n\n');
}

const encoder = new TextEncoder();

/** Bytes as UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** The first lines of a list, as many as fit into so many bytes, and how many are left out. */
export function cutList(
  lines: readonly string[],
  limit: number,
): { readonly kept: readonly string[]; readonly left: number } {
  let bytes = 0;
  const end = lines.findIndex((line) => {
    bytes += byteLength(line) + 1;
    return bytes > limit;
  });
  return end < 0 ? { kept: lines, left: 0 } : { kept: lines.slice(0, end), left: lines.length - end };
}
