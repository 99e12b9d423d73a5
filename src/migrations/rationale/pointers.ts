/** Links, issue numbers and ticket keys, counted and taken out; a link's own text stays. */
export function withoutPointers(text: string): { readonly text: string; readonly pointers: number } {
  // Every pointer has one of these; most sentences have none.
  if (!/[#[:\d]/.test(text)) return { text, pointers: 0 };
  let pointers = 0;
  const count = (): string => {
    pointers += 1;
    return ' ';
  };
  const rest = text
    .replace(/!\[[^[\]\n]{0,300}\]\([^()\s]{0,2000}\)/g, ' ')
    .replace(/\[([^[\]\n]{0,300})\]\([^()\s]{0,2000}\)/g, (_, label: string) => `${count()}${label} `)
    .replace(/\bhttps?:\/\/[^\s)>\]]+/g, count)
    .replace(/(?<![\p{L}\p{N}])(?:[\w.-]{1,60}\/[\w.-]{1,60})?#\d{1,9}\b/gu, count)
    .replace(/\b[A-Z][A-Z0-9]{1,9}(?:-[A-Z][A-Z0-9]{0,9})?-\d{1,7}\b/g, count)
    .replace(/\b(?:commit )?[0-9a-f]{40}\b/g, count);
  return { text: rest, pointers };
}
