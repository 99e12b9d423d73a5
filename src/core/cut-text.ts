/** The beginning of a text, at most so long (as JavaScript counts) with its ending, and never half a character. */
export function cutText(text: string, most: number, ending = ''): string {
  if (text.length <= most) return text;
  return text.slice(0, most - ending.length).replace(/[\ud800-\udbff]$/, '') + ending;
}
