/** GitHub's global ids say nothing to a client; these only decode inside the fake. */
export function nodeId(type: string, id: number | string): string {
  const prefix = type.replace(/[a-z]/g, '');
  return `${prefix}_kw${Buffer.from(`${type}:${id}`).toString('base64url')}`;
}

export function decodeNodeId(value: string): { readonly type: string; readonly id: string } | undefined {
  const match = /^[A-Z]+_kw([A-Za-z0-9_-]+)$/.exec(value);
  const text = Buffer.from(match?.[1] ?? '', 'base64url').toString();
  const colon = text.indexOf(':');
  return colon <= 0 ? undefined : { type: text.slice(0, colon), id: text.slice(colon + 1) };
}
