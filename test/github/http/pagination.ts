export interface Page {
  readonly items: readonly unknown[];
  /** The Link header, when there is more than one page. */
  readonly link?: string;
}

/** The page that `page` and `per_page` (30, at most 100) ask for. */
export function paginate(list: readonly unknown[], url: URL): Page {
  const perPage = Math.min(100, Math.max(1, positive(url.searchParams.get('per_page')) ?? 30));
  const page = positive(url.searchParams.get('page')) ?? 1;
  const last = Math.max(1, Math.ceil(list.length / perPage));
  const items = list.slice((page - 1) * perPage, page * perPage);
  const to = (number: number, rel: string): string => {
    const target = new URL(url);
    target.searchParams.set('page', String(number));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [to(page - 1, 'prev')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
    ...(page > 1 ? [to(1, 'first')] : []),
  ];
  return links.length === 0 ? { items } : { items, link: links.join(', ') };
}

function positive(value: string | null): number | undefined {
  const number = Number(value);
  return value !== null && Number.isInteger(number) && number > 0 ? number : undefined;
}
