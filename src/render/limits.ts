/** GitHub refuses a comment above 65,536 characters; stay below, so that the marker and the sentence about the cut fit. */
export const maxCommentLength = 60_000;
/** `output.summary` and `output.text` of a check run hold 65,535 characters each. */
export const maxCheckRunLength = 65_535;
/** A step's job summary is lost above 1 MiB, sometimes silently; characters of several bytes need the room in between. */
export const maxJobSummaryLength = 500_000;

/** Joins sections with blank lines and leaves out, whole and with a sentence, those that do not fit any more. */
export function cutToLength(sections: readonly string[], limit = maxCommentLength): string {
  const kept: string[] = [];
  let length = 0;
  let left = 0;
  for (const section of sections.filter((text) => text !== '')) {
    if (length + section.length + 2 > limit - 120) {
      left += 1;
      continue;
    }
    kept.push(section);
    length += section.length + 2;
  }
  if (left > 0)
    kept.push(
      `_${left === 1 ? 'One section did' : `${left} sections did`} not fit into this text; the job summary has all of it._`,
    );
  return kept.join('\n\n');
}
