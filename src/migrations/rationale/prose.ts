import {
  isBotHeading,
  isBotMark,
  isCodeLine,
  isGeneratedLine,
  isLicenceParagraph,
} from './generated-text.ts';
import { type Topic, topicsOf } from './topics.ts';
import { letterwise } from './words.ts';

/** What a person wrote in one paragraph, with what its heading or labels announce. */
export interface Paragraph {
  readonly topics: readonly Topic[];
  readonly sentences: readonly Sentence[];
}

export interface Sentence {
  readonly text: string;
  /** Topics of the label before it ("Rollback: …") or of the heading above it. */
  readonly topics: readonly Topic[];
}

/** Texts are read up to here: GitHub's own limit for a description. */
export const readableLength = 65_536;

interface Draft {
  readonly heading: readonly Topic[];
  readonly lines: { readonly topics: readonly Topic[]; text: string }[];
}

/**
 * The prose of a Markdown text, a commit message's body or a comment: without hidden comments, fenced code, headings,
 * tables of tools, trailers other than `Schema-…`, generated lines, licences, SQL, and the lines in `notOurs` (templates,
 * commit subjects; see `lineKey`). Every step is one pass over the characters or the lines.
 */
export function proseOf(text: string, notOurs: ReadonlySet<string>): readonly Paragraph[] {
  const drafts: Draft[] = [];
  let draft: Draft = { heading: [], lines: [] };
  let heading: readonly Topic[] = [];
  let botHeadingLevel = 0;
  let fence = '';
  const close = (): void => {
    if (draft.lines.length > 0) drafts.push(draft);
    draft = { heading, lines: [] };
  };
  for (const raw of withoutHidden(text.slice(0, readableLength)).split(/\r\n|\n|\r/)) {
    const line = raw.trim();
    const fenceMark = line.startsWith('```') ? '```' : line.startsWith('~~~') ? '~~~' : '';
    if (fence !== '' || fenceMark !== '') {
      if (fence === '') fence = fenceMark;
      else if (fenceMark === fence) fence = '';
      continue;
    }
    const level = headingLevel(line);
    if (level > 0) {
      heading = topicsOf(line);
      close();
      if (isBotHeading(line)) botHeadingLevel = level;
      else if (botHeadingLevel >= level) botHeadingLevel = 0;
      continue;
    }
    if (botHeadingLevel > 0) continue;
    if (line === '' || /^[-=*_|:\s]{3,}$/.test(line)) {
      close();
      continue;
    }
    if ((notOurs.size > 0 && notOurs.has(lineKey(line))) || isGeneratedLine(line) || isCodeLine(line))
      continue;
    if (/^(?: {4}|\t)/.test(raw) && draft.lines.length === 0 && /[;{}()=]$/.test(line)) continue;
    addLine(draft, line, raw, (topics) => {
      heading = topics;
      close();
    });
  }
  close();
  return drafts.flatMap(paragraphOf);
}

/** How a line is compared with the lines of a template: letter case, spacing and the state of a checkbox do not count. */
export function lineKey(line: string): string {
  return line
    .trim()
    .toLowerCase()
    .replace(/^[-*+] \[[ x]\]/, '- [ ]')
    .replace(/^[*+] /, '- ')
    .replace(/\s+/g, ' ')
    .replace(/[.:!]$/, '');
}

const labelBefore = letterwise(
  '^[*_]{0,3}([\\p{L}][\\p{L} /&-]{0,40}?)[*_]{0,3}(?::|\\s[–—-]\\s)[*_]{0,3}(?=\\s|$)',
);
const sentenceEnd = letterwise('(?<=[.!?])["”’)]?\\s+(?=[\\p{Lu}]|[\\p{Ll}]?\\d)|(?<=[。！？؟])');

function addLine(
  draft: Draft,
  line: string,
  raw: string,
  announce: (topics: readonly Topic[]) => void,
): void {
  const item = /^(?:>\s?){0,5}(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/.exec(line);
  const text = (item ? line.slice(item[0].length) : line.replace(/^(?:>\s?){1,5}/, '')).trim();
  const last = draft.lines.at(-1);
  const label = /[:–—-]/.test(text) ? labelBefore(text).exec(text) : null;
  if (label?.[1] !== undefined && label[1].split(' ').length <= 5) {
    const name = label[1].toLowerCase();
    if (isTrailer(name)) return;
    const topics = trailerTopics.get(name) ?? topicsOf(name);
    const rest = text.slice(label[0].length).trim();
    if (topics.length > 0 && rest === '') {
      announce(topics);
      return;
    }
    if (topics.length > 0) {
      draft.lines.push({ topics, text: rest });
      return;
    }
  }
  const startsAnew = item !== null || last === undefined;
  if (startsAnew) draft.lines.push({ topics: item && /^\s/.test(raw) ? (last?.topics ?? []) : [], text });
  else last.text += ` ${text}`;
}

/** The trailers with which a commit answers the four questions. */
const trailerTopics: ReadonlyMap<string, readonly Topic[]> = new Map([
  ['schema-why', ['why']],
  ['schema-rollback', ['way back']],
  ['schema-lock', ['impact']],
  ['schema-deploy', ['order']],
]);

/** Labels before what describes the text itself. */
const keyWords: ReadonlySet<string> = new Set(
  'change-id cc git-svn-id gitorigin-revid tested-on author authors date created version ticket jira issue'.split(
    ' ',
  ),
);

function isTrailer(name: string): boolean {
  return name.endsWith('-by') || keyWords.has(name);
}

function paragraphOf(draft: Draft): readonly Paragraph[] {
  if (isLicenceParagraph(draft.lines.map((line) => line.text).join(' '))) return [];
  const sentences = draft.lines.flatMap((line) => {
    const topics = line.topics.length > 0 ? line.topics : draft.heading;
    return sentencesOf(line.text).map((text) => ({ text, topics }));
  });
  return [{ topics: draft.heading, sentences }];
}

function sentencesOf(text: string): readonly string[] {
  if (text.length < 4) return text === '' ? [] : [text];
  return text
    .split(sentenceEnd(text))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

function headingLevel(line: string): number {
  const hashes = /^#{1,6}(?=\s)/.exec(line);
  if (hashes) return hashes[0].length;
  if (/^\*\*[^*]{1,80}\*\*:?$/.test(line) || /^__[^_]{1,80}__:?$/.test(line)) return 6;
  return 0;
}

/** Without HTML comments, what bots put between two of their own, and tags. */
function withoutHidden(text: string): string {
  let shown = '';
  let at = 0;
  let inBotBlock = false;
  while (at < text.length) {
    const start = text.indexOf('<!--', at);
    if (start === -1) break;
    const end = text.indexOf('-->', start + 4);
    if (!inBotBlock) shown += text.slice(at, start);
    const comment = text.slice(start + 4, end === -1 ? text.length : end);
    at = end === -1 ? text.length : end + 3;
    if (isBotMark(comment)) inBotBlock = !inBotBlock && text.indexOf('<!--', at) !== -1;
  }
  if (!inBotBlock) shown += text.slice(at);
  return shown.replace(/<\/?[a-zA-Z][^<>\n]{0,300}>/g, ' ');
}
