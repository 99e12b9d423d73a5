import type { HealthAction, HealthReport, PullRow } from '../../core/health-report.ts';
import { daysOf } from '../../core/iso-week.ts';
import { isUnavailable } from '../../core/part.ts';
import { hoursText, rangeText } from '../../core/quantity-text.ts';
import { escapeHtml, inlineHtml } from '../html/escape-html.ts';
import { lineChart } from '../html/line-chart.ts';
import { contextSentence, newsSentence, uptakeSentence } from './headline.ts';
import { leftOpenWords } from './left-open-words.ts';
import { measureRow } from './measure-words.ts';
import { type ShownMeasure, shownMeasures } from './shown-measures.ts';

/** Fewer weeks with a value are no trend. */
const fewestPoints = 3;

const style = `
:root { color-scheme: light dark; --line: #0969da; --band: #ddf4ff; --edge: #d1d9e0; --soft: #f6f8fa; --text: #1f2328; --mute: #59636e; --news: #bc4c00; }
@media (prefers-color-scheme: dark) { :root { --line: #4493f8; --band: #16304f; --edge: #3d444d; --soft: #151b23; --text: #f0f6fc; --mute: #9198a1; --news: #f0883e; } body { background: #0d1117; } }
body { font: 15px/1.55 system-ui, sans-serif; color: var(--text); max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.45rem; line-height: 1.3; margin-bottom: .3rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .6rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: .8rem; }
.card { border: 1px solid var(--edge); border-radius: 8px; padding: .7rem .9rem; } .card h3 { font-size: .85rem; font-weight: 600; margin: 0; color: var(--mute); }
.card p { margin: .1rem 0 .4rem; } .card b { font-size: 1.2rem; } .card svg { max-width: 100%; height: auto; }
.news { border-color: var(--news); } .mute, small { color: var(--mute); font-size: .85rem; }
code { font: .85em/1.4 ui-monospace, monospace; background: var(--soft); border-radius: 4px; padding: .1rem .3rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; } th, td { border-bottom: 1px solid var(--edge); padding: .35rem .9rem .35rem 0; text-align: left; white-space: nowrap; } td:last-child { white-space: normal; overflow-wrap: anywhere; min-width: 12rem; }
li { margin: .4rem 0; overflow-wrap: anywhere; }
`;

/** The weeks as one page that needs nothing else: no script, no font, nothing fetched. */
export function weeklyHtml(report: HealthReport, shownWeeks: number): string {
  const { first, others } = shownMeasures(report);
  const { week, repository } = report;
  const uptake = uptakeSentence(report.uptake);
  const news = escapeHtml(newsSentence(report));
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeHtml(repository.name)}, ${week.label}: ${news}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<small>${escapeHtml(repository.name)} · ${week.label}, ${daysOf(week)} (UTC)</small>`,
    `<h1>${news}</h1>`,
    `<p>${escapeHtml([contextSentence(report), uptake ?? ''].join(' ').trim())}</p>`,
    ...section('Worth doing this week', actionList(report.actions)),
    ...section('The numbers', cards([...first, ...others], shownWeeks)),
    ...section('Also noted', actionList(report.alsoNoted)),
    ...section(`Pull requests behind these numbers (${report.pulls.length})`, pullTable(report.pulls)),
    ...section(`Migrations of the last eight weeks (${report.ledger.length})`, ledgerTable(report)),
    ...section(
      'Not measured',
      report.notMeasured.length === 0
        ? ''
        : `<ul>${report.notMeasured.map((reason) => `<li>${inlineHtml(reason)}</li>`).join('')}</ul>`,
    ),
    '<p class="mute">The band is the usual range of this repository’s own earlier weeks. Times include nights and weekends. About the repository, never about a person.</p>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function section(title: string, content: string): readonly string[] {
  return content === '' ? [] : [`<h2>${escapeHtml(title)}</h2>`, content];
}

function actionList(actions: readonly HealthAction[]): string {
  if (actions.length === 0) return '';
  const items = actions.map(
    ({ observation, impact, action }) =>
      `<li><strong>${inlineHtml(observation)}</strong> ${inlineHtml(`${impact} ${action}`)}</li>`,
  );
  return `<ul>${items.join('')}</ul>`;
}

function cards(measures: readonly ShownMeasure[], shownWeeks: number): string {
  if (measures.length === 0) return '';
  return `<div class="cards">\n${measures.map((shown) => card(shown, shownWeeks)).join('\n')}\n</div>`;
}

function card({ id, measure }: ShownMeasure, shownWeeks: number): string {
  const { name, thisWeek, change, usual } = measureRow(id, measure, shownWeeks);
  const values = measure.weeks
    .slice(-shownWeeks)
    .map(({ value }) => (value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined));
  const hasTrend = values.filter((value) => value !== undefined).length >= fewestPoints;
  const band = isUnavailable(measure.usual) ? undefined : measure.usual;
  const describes = `${name}, the last ${values.length} weeks; this week ${thisWeek}${band ? `, usually ${rangeText(measure.unit, band)}` : ''}`;
  return [
    `<div class="card${measure.isNews ? ' news' : ''}">`,
    `<h3>${escapeHtml(name)}</h3>`,
    `<p><b>${escapeHtml(thisWeek)}</b> <span class="mute">${escapeHtml(change === '–' ? '' : change)}</span></p>`,
    ...(hasTrend ? [lineChart({ values, ...(band && { band }), describes })] : []),
    `<div class="mute">${usual === '–' ? 'no usual range yet' : `usually ${escapeHtml(usual)}`}</div>`,
    '</div>',
  ].join('');
}

const mostPulls = 100;

const reviewers: Readonly<Record<PullRow['review'], string>> = {
  human: 'a human',
  'bot only': 'a bot only',
  none: 'nobody',
  'not read': 'not read',
};

function pullTable(pulls: readonly PullRow[]): string {
  if (pulls.length === 0) return '';
  const rows = pulls
    .slice(0, mostPulls)
    .map((pull) => [
      String(pull.number),
      hoursText(pull.leadHours),
      pull.firstHumanReviewHours === undefined ? '–' : hoursText(pull.firstHumanReviewHours),
      `${reviewers[pull.review]}${pull.isByBot ? ' (a bot’s change)' : ''}`,
      String(pull.lines),
      pull.linesAfterApproval === undefined ? '–' : String(pull.linesAfterApproval),
      leftOpenWords(pull),
    ]);
  const head = [
    'Number',
    'Open for',
    'To first human review',
    'Reviewed by',
    'Lines',
    'Changed after approval',
    'Open at the merge',
  ];
  const more =
    pulls.length > mostPulls ? `<p class="mute">${pulls.length - mostPulls} more are not listed.</p>` : '';
  return `${table(head, rows)}${more}`;
}

function ledgerTable({ ledger }: HealthReport): string {
  if (ledger.length === 0) return '';
  const rows = ledger.map(({ paths, committedAt, commit, reason }) => [
    reason.replace('-', ' '),
    committedAt.slice(0, 10),
    commit.slice(0, 7),
    `${paths[0] ?? ''}${paths.length > 1 ? ` and ${paths.length - 1} more` : ''}`,
  ]);
  return table(['Reason', 'Merged', 'Commit', 'Migration'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (texts: readonly string[], tag: 'th' | 'td') =>
    `<tr>${texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join('')}</tr>`;
  return `<div class="wide" tabindex="0"><table>${cells(head, 'th')}${rows.map((row) => cells(row, 'td')).join('')}</table></div>`;
}
