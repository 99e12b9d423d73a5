import type { Sample } from './corpus.ts';

/** Written and labelled as a whole before the rubric had seen one of them. */
export interface BlindSample extends Pick<Sample, 'scene' | 'place' | 'text'> {
  /** Questions that a careful reader would still have to ask; none where everything needed is written. */
  readonly open: readonly ('why' | 'undo')[];
}

const both = ['why', 'undo'] as const;
const none = [] as const;

/** Reasons in many registers: nothing, or only the way back, is left to ask. */
export const blindReasons: Readonly<Record<string, BlindSample>> = {
  'a problem and an effect, no cue word': {
    scene: 'index',
    place: 'file',
    text: 'Reports by status time out; the index makes them instant. Way back: DROP INDEX.',
    open: none,
  },
  'seconds before, milliseconds after': {
    scene: 'index',
    place: 'file',
    text: 'The status page reads orders by status on every request and takes 4 s; with this index it takes 30 ms. To undo: drop the index.',
    open: none,
  },
  'what reads it, and how long writers wait': {
    scene: 'index',
    place: 'commit',
    text: 'db: index orders.status\n\nThe courier app polls open orders every ten seconds. p95 went from 900ms to 12ms on the replica. Writers are held up for about 15s.',
    open: none,
  },
  'conventional commit with a body of two lines': {
    scene: 'not-null',
    place: 'commit',
    text: 'fix(orders): require a customer\n\nGuest checkout was removed last year, so an order without one is always a sync bug.\nChecked on the replica: no rows are null, the scan took 11 seconds.',
    open: none,
  },
  'non-native English': {
    scene: 'index',
    place: 'body',
    text: 'When the client open the page of orders it is waiting very much time, 6-7 seconds, and sometimes gateway give 504. After the index it is less than 1 second. During creation of index the inserts are waiting, I did measure 25 seconds in staging.',
    open: none,
  },
  'non-native English, a drop': {
    scene: 'drop-column',
    place: 'commit',
    text: 'Remove legacy_id\n\nThis field was for the import from old system, import is finish since two years and nobody is using it. If we need again, the values stay in backup of S3.',
    open: none,
  },
  'question and answer': {
    scene: 'drop-column',
    place: 'body',
    text: '**Why?**\nThe old shop redirected by this id. Redirects were turned off on 1 March.\n\n**What if it goes wrong?**\nThe ids are in the last CSV export in the archive bucket.',
    open: none,
  },
  'sections of a description with a bullet each': {
    scene: 'type-change',
    place: 'body',
    text: '### Problem\n- Invoices in IDR exceed 2,147,483,647\n\n### Rollout\n- table is 1.2M rows, rewrite took 9s on a restored snapshot\n',
    open: none,
  },
  'incident named by date': {
    scene: 'type-change',
    place: 'commit',
    text: 'payments: bigint amounts\n\nOn 12 May the payout job died with "integer out of range" for a wholesaler. Rewrites the table: 40 s in staging, payments are paused for it.',
    open: none,
  },
  'duplicates that came in twice': {
    scene: 'unique',
    place: 'file',
    text: 'Two sign-ups with the same email create two members, and password reset then picks one at random. 0 duplicates left after yesterday’s merge script. To go back: DROP INDEX members_email_key.',
    open: none,
  },
  'orphans pointing nowhere': {
    scene: 'foreign-key',
    place: 'body',
    text: 'Shipments kept pointing at orders that support had deleted; the tracking page answers 500 for those. Validating 80k rows locks both tables for under a second.',
    open: none,
  },
  'an unused index bloats writes': {
    scene: 'drop-index',
    place: 'commit',
    text: 'Drop events_created_at_idx\n\npg_stat_user_indexes says idx_scan = 0 for half a year and it is 38 GB. It can be rebuilt concurrently in about an hour.',
    open: none,
  },
  'an unused index, terse': {
    scene: 'drop-index',
    place: 'file',
    text: 'Never scanned (0 of 90 days), costs 38 GB. Rebuild with CREATE INDEX CONCURRENTLY if that turns out wrong.',
    open: none,
  },
  'units in a name cause mistakes': {
    scene: 'rename-column',
    place: 'body',
    text: 'Three people have read `total` as euros by now. The view `invoices_v1` keeps the old name alive for the warehouse; to undo, rename it back.',
    open: none,
  },
  'backfill for an email template': {
    scene: 'backfill',
    place: 'commit',
    text: 'Give every account a locale\n\nThe new mail templates crash on a null locale. Touches 14k of 2M rows, in one go, under two seconds.',
    open: none,
  },
  'customer need for a column': {
    scene: 'add-column',
    place: 'commit',
    text: 'Support wants to tell a paused customer from one who left',
    open: none,
  },
  'used by a job': {
    scene: 'add-column',
    place: 'file',
    text: 'Read by the renewal job, which skips customers on a break.',
    open: none,
  },
  'needed by the next release': {
    scene: 'new-table',
    place: 'body',
    text: 'Holds pauses for the holiday mode of the mobile app (release 7.2).',
    open: none,
  },
  'a bullet list of what the pull request brings': {
    scene: 'new-table',
    place: 'body',
    text: '- customers can pause deliveries from their account page\n- billing skips the weeks in between\n- admin sees who is on a break',
    open: none,
  },
  'tiny header of a new table': {
    scene: 'new-table',
    place: 'file',
    text: 'One row per break a customer takes; billing and the courier planner read it.',
    open: none,
  },
  'feature in a conventional subject': {
    scene: 'add-column',
    place: 'commit',
    text: 'feat(billing): stop charging customers who are on holiday',
    open: none,
  },
  'law and restore path': {
    scene: 'drop-table',
    place: 'body',
    text: 'Import files hold birth dates, which the DPO wants gone by the end of the quarter. Not recoverable after this, deliberately.',
    open: none,
  },
  'replaced by another system': {
    scene: 'drop-table',
    place: 'commit',
    text: 'Drop import_jobs\n\nImports run on Temporal since 6.0; the last row is from November. Last dump: s3://acme-archive/import_jobs.sql.gz',
    open: none,
  },
  'a long story': {
    scene: 'index',
    place: 'body',
    text: 'Over the last months we have had a number of complaints from larger merchants that the order overview is hard to use in the morning. I spent some time with pg_stat_statements and it turns out that one query is responsible for 40% of total database time: the overview asks for everything that is "open" and Postgres walks through the entire history to find a few dozen rows.\n\nI tried rewriting the query first, with no luck.\n\nThe new index is small (11 MB). While it is built nobody can place an order, which on a copy of production was 8 seconds.',
    open: none,
  },
  'deadlocks between workers': {
    scene: 'index',
    place: 'commit',
    text: 'Index orders(status)\n\nPickers deadlock each other: without it each one locks rows it will not even take. Small table, 9,000 rows.',
    open: none,
  },
  'before and after as an arrow': {
    scene: 'index',
    place: 'body',
    text: 'GET /orders?status=open: 3.2 s -> 40 ms. Build: 6 s, writes queue behind it.',
    open: none,
  },
  'an audit finding': {
    scene: 'not-null',
    place: 'body',
    text: 'Auditors flagged anonymous orders in the VAT report (finding 2024-17). All existing rows pass; the check reads 3 GB and takes the table away for some 20 s, hence the 4am slot.',
    open: none,
  },
  'trailers in another order': {
    scene: 'drop-column',
    place: 'commit',
    text: 'users: legacy_id goes\n\nSchema-Rollback: add it back and load users_legacy.csv from the archive\nSchema-Why: last reader left with the SOAP endpoint',
    open: none,
  },
  'asks of support': {
    scene: 'backfill',
    place: 'body',
    text: 'Customers abroad got receipts in the wrong language, see the 31 complaints from June. Undo: nothing to undo, null and "en" render the same today.',
    open: none,
  },
  'a partner sends it': {
    scene: 'type-change',
    place: 'file',
    text: 'The bank sends amounts in tenths of a cent from January on. int4 would overflow at 214k EUR. Takes ~3 min on prod size, inside the maintenance window.',
    open: none,
  },
  'a way of working': {
    scene: 'foreign-key',
    place: 'commit',
    text: 'shipments: add missing FK\n\nDeleting an order left its shipment behind, and couriers drove to addresses nobody had ordered from.\n\nLocks shipments and orders while it checks 80k rows (~0.4s).',
    open: none,
  },
  // A why alone, where a way back or the impact is needed too.
  'slow page, nothing else': {
    scene: 'index',
    place: 'commit',
    text: 'Index orders by status\n\nMorning overview needs 9 seconds for big merchants.',
    open: ['undo'],
  },
  'reason in the subject alone': {
    scene: 'index',
    place: 'commit',
    text: 'perf: courier app polls open orders, give it an index',
    open: ['undo'],
  },
  'dead since a release': {
    scene: 'drop-column',
    place: 'commit',
    text: 'Drop legacy_id, last reader went away with the SOAP endpoint',
    open: ['undo'],
  },
  'a mistake from before': {
    scene: 'rename-column',
    place: 'commit',
    text: 'Rename total to total_cents\n\nThe unit was not obvious and led to a refund a hundred times too high.',
    open: ['undo'],
  },
  'constraint that was forgotten': {
    scene: 'unique',
    place: 'commit',
    text: 'Members: one row per email\n\nRacing sign-up requests get past the check in the controller.',
    open: ['undo'],
  },
};

/** Texts that leave the reader where they were. */
export const blindNonReasons: Readonly<Record<string, BlindSample>> = {
  'subject with a scope': {
    scene: 'index',
    place: 'commit',
    text: 'feat(db): add orders status index',
    open: both,
  },
  'a sentence of the statement': {
    scene: 'type-change',
    place: 'file',
    text: 'Change the type of amount in payments to bigint.',
    open: both,
  },
  'step by step paraphrase': {
    scene: 'not-null',
    place: 'file',
    text: 'Step 1: alter orders table\nStep 2: make customer_id not null',
    open: both,
  },
  'what the migration does, in a description': {
    scene: 'index',
    place: 'body',
    text: 'This PR adds a new database migration which creates an index on the `status` column of the `orders` table.',
    open: both,
  },
  'paraphrase of a rename': {
    scene: 'rename-column',
    place: 'commit',
    text: 'Rename invoices.total column to total_cents for consistency',
    open: both,
  },
  'better naming': { scene: 'rename-column', place: 'commit', text: 'Better naming', open: both },
  'db changes': { scene: 'add-column', place: 'commit', text: 'db changes', open: ['why'] },
  'migration file': {
    scene: 'new-table',
    place: 'commit',
    text: 'chore: add missing migration file',
    open: ['why'],
  },
  'generate migrations': { scene: 'new-table', place: 'commit', text: 'generate migrations', open: ['why'] },
  'fix build': { scene: 'add-column', place: 'commit', text: 'fix: failing build', open: ['why'] },
  'fix tests': {
    scene: 'index',
    place: 'commit',
    text: 'Fix failing tests\n\nTests were failing in CI.',
    open: both,
  },
  'review round': {
    scene: 'not-null',
    place: 'commit',
    text: 'PR feedback\n\nAddresses the comments from the review.',
    open: both,
  },
  'cleanup of the schema': { scene: 'drop-table', place: 'commit', text: 'DB cleanup', open: both },
  'remove old table': { scene: 'drop-table', place: 'commit', text: 'Remove import_jobs table', open: both },
  'a ticket in brackets': {
    scene: 'drop-column',
    place: 'commit',
    text: '[SHOP-2231] Remove legacy_id',
    open: both,
  },
  'reference list': {
    scene: 'index',
    place: 'body',
    text: 'Related: #44, #51\nDesign doc: https://docs.example.com/d/abc\n',
    open: both,
  },
  'a checklist of the author': {
    scene: 'type-change',
    place: 'body',
    text: '- [x] tests pass\n- [x] docs updated\n- [ ] changelog',
    open: both,
  },
  'how to run it': {
    scene: 'foreign-key',
    place: 'body',
    text: 'Run `npm run migrate` after pulling this branch.',
    open: both,
  },
  'how it was tested': {
    scene: 'not-null',
    place: 'body',
    text: 'Tested by running the migration locally against a fresh database.',
    open: both,
  },
  'safe to merge': { scene: 'backfill', place: 'body', text: 'Safe to merge, no code changes.', open: both },
  'reverse of nothing': {
    scene: 'drop-table',
    place: 'body',
    text: 'Rollback plan: revert this PR.',
    open: both,
  },
  'a cause that is the statement': {
    scene: 'not-null',
    place: 'commit',
    text: 'Set customer_id not null because it should not be null',
    open: both,
  },
  'best practice': {
    scene: 'foreign-key',
    place: 'commit',
    text: 'Add foreign key, as per best practice',
    open: both,
  },
  'as requested': { scene: 'unique', place: 'body', text: 'As requested by the team.', open: both },
  'for performance': {
    scene: 'index',
    place: 'commit',
    text: 'Add index for performance reasons',
    open: both,
  },
  'optimise queries': {
    scene: 'index',
    place: 'body',
    text: 'Improves query performance by adding an index to the orders table.',
    open: both,
  },
  'data fix': { scene: 'backfill', place: 'commit', text: 'Data fix for accounts', open: both },
  'sets a value': {
    scene: 'backfill',
    place: 'file',
    text: "Set locale to 'en' for all accounts where locale is null",
    open: both,
  },
  'emoji and nothing': { scene: 'new-table', place: 'commit', text: '🎉 🚀', open: ['why'] },
  'version of a tool': {
    scene: 'new-table',
    place: 'file',
    text: 'Generated by sqitch 1.4.0 on 2026-03-01\nDo not edit by hand.',
    open: ['why'],
  },
  'author and date': {
    scene: 'add-column',
    place: 'file',
    text: 'Author: J. Doe\nDate: 2026-03-01\nVersion: 1.0',
    open: ['why'],
  },
  'sections with fillers': {
    scene: 'drop-column',
    place: 'body',
    text: '## Motivation\nSee ticket.\n\n## Risk\nLow\n\n## Rollback\nN/A',
    open: both,
  },
  'screenshots to come': {
    scene: 'add-column',
    place: 'body',
    text: 'Screenshots: coming soon\n\ncc @team-billing',
    open: ['why'],
  },
  'thanks and greetings': {
    scene: 'index',
    place: 'body',
    text: 'Hi all, here is my first contribution, I hope it is ok :)',
    open: both,
  },
  'how the file is laid out': {
    scene: 'drop-table',
    place: 'file',
    text: '---- Up ----\nBEGIN transaction\nEND',
    open: both,
  },
  'other work in a large change': {
    scene: 'index-in-large-change',
    place: 'body',
    text: 'Moves the settings page to the new router so that deep links work again. Sessions now expire after an hour because the security review asked for it.',
    open: both,
  },
  'dependency bump': {
    scene: 'unique',
    place: 'commit',
    text: 'Bump pg from 8.1 to 8.2 and regenerate',
    open: both,
  },
  'a merge': {
    scene: 'index',
    place: 'commit',
    text: 'Merge remote-tracking branch origin/main into topic',
    open: both,
  },
};
