import { withoutBracketCommands } from '../core/runner-commands.ts';

/**
 * Text for GitHub's Markdown. Everything that does not come from our own templates passes through here, so that no
 * title, path, table or comment of a judged repository can become markup, a mention, a link or a closing keyword.
 */

const zeroWidthSpace = '\u200b';
const special = /[\\`*_[\]<>|~&]/g;
const blockStart = /^(\s*)([-+#=]|\d+[.)])/;

/** Words that stand as they are: markup is escaped, mentions and issue references are broken up, lines are joined. */
export function plain(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .replace(special, (character) => entities[character] ?? `\\${character}`)
    .replace(blockStart, '$1\u2060$2')
    .replace(/@(?=[\w[\\])/g, `@${zeroWidthSpace}`)
    .replace(/#(?=\d)/g, `#${zeroWidthSpace}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1-${zeroWidthSpace}`)
    .replace(/(https?|ftp|mailto|xmpp)(?=:)/gi, `$1${zeroWidthSpace}`)
    .replace(/\bwww(?=\.)/gi, `www${zeroWidthSpace}`);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A code span that holds the text whatever it contains; nothing inside it is interpreted. */
export function code(text: string): string {
  const visible = withoutBracketCommands(text).replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  const runs = visible.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const padding = /^[` ]|[` ]$/.test(visible) || visible === '' ? ' ' : '';
  // A table cell ends at a bar even inside a code span, and no escape is both correct in and outside of a table.
  return `${fence}${padding}${visible.replaceAll('|', '¦')}${padding}${fence}`;
}

/** A finding's text: its own words escaped, the names between backticks kept as code. */
export function prose(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : plain(part)))
    .join('');
}

/** A link whose label is already safe Markdown; the address is percent-encoded, never trusted. */
export function link(label: string, url: string): string {
  return `[${label}](${encodeURI(decodeSafely(url)).replace(/[()<>"'`\s]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)})`;
}

function decodeSafely(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** A fenced block whose fence is longer than any run inside. */
export function fenced(language: string, text: string): string {
  const runs = text.match(/`{3,}/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}
