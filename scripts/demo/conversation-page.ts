import { marked } from 'marked';

/** The conversation as one page without scripts, light and dark, in the shape people know from GitHub. */
export function conversationPage(markdown: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The pull request's conversation</title>
<style>
:root { color-scheme: light dark; --line: #d1d9e0; --soft: #f6f8fa; --text: #1f2328; --mute: #59636e; --link: #0969da; --add: #dafbe1; --del: #ffebe9; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #151b23; --text: #f0f6fc; --mute: #9198a1; --link: #4493f8; --add: #12261e; --del: #301b1e; } body { background: #0d1117; } }
body { font: 15px/1.55 system-ui, sans-serif; color: var(--text); max-width: 58rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; border-bottom: 1px solid var(--line); padding-bottom: .4rem; }
h2, h3 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; padding-top: .8rem; border-top: 1px solid var(--line); }
h4 { font-size: .95rem; font-weight: 600; margin: 1.1rem 0 .3rem; }
ins, del { display: block; text-decoration: none; } ins { background: var(--add); } del { background: var(--del); }
blockquote { margin: .6rem 0; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: 6px; }
pre, code { font: 12.5px/1.45 ui-monospace, monospace; background: var(--soft); border-radius: 4px; }
code { padding: .1rem .3rem; } pre { padding: .7rem; overflow-x: auto; } pre code { padding: 0; }
a { color: var(--link); } sub, .mute { color: var(--mute); font-size: 12.5px; vertical-align: baseline; }
details { margin: .5rem 0; } table { border-collapse: collapse; } td, th { border: 1px solid var(--line); padding: .3rem .6rem; }
</style>
</head>
<body>
${coloured(marked.parse(markdown, { async: false }))}
</body>
</html>
`;
}

/** Added and deleted lines of a diff, told apart by their sign first and by colour second. */
function coloured(html: string): string {
  return html.replace(/<code class="language-diff">([\s\S]*?)<\/code>/g, (_, diff: string) => {
    const lines = diff
      .trimEnd()
      .split('\n')
      .map((line) => {
        if (line.startsWith('+')) return `<ins>${line}</ins>`;
        return line.startsWith('-') ? `<del>${line}</del>` : `${line}\n`;
      });
    return `<code>${lines.join('')}</code>`;
  });
}
