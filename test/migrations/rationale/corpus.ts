import type { Reading } from '../../../src/migrations/rationale/judge-rationale.ts';
import type { SceneName } from './scenes.ts';

/** A text of our own making, labelled before the rubric was written. */
export interface Sample {
  readonly scene: SceneName;
  readonly place: 'file' | 'commit' | 'body' | 'record';
  readonly text: string;
  readonly verdict: Reading;
  /** Open questions; `undo` stands for "way back or impact", of which risky changes need one. */
  readonly open?: readonly ('why' | 'undo')[];
  readonly contradiction?: 'concurrently' | 'new-table' | 'reversible';
}

const both = ['why', 'undo'] as const;

export const corpus: Readonly<Record<string, Sample>> = {
  // Good and terse.
  'terse index reason with measured effect': {
    scene: 'index',
    place: 'commit',
    text: 'Index orders by status\n\nThe dashboard times out: it scans 40 million rows. Built at night, writes wait about 3 minutes.',
    verdict: 'real',
  },
  'eighteen words on a drop, with its restore path': {
    scene: 'drop-column',
    place: 'file',
    text: 'Nothing has read legacy_id since release 4.2. A copy lies in users_legacy_backup; restore from there if needed.',
    verdict: 'real',
  },
  'a subject that names a purpose is enough for a new table': {
    scene: 'new-table',
    place: 'commit',
    text: 'Let customers pause a subscription while they travel',
    verdict: 'real',
  },
  'conventional subject with a purpose for a nullable column': {
    scene: 'add-column',
    place: 'commit',
    text: 'feat(billing): remember when a customer paused (#812)',
    verdict: 'real',
  },
  'trailers alone': {
    scene: 'type-change',
    place: 'commit',
    text: 'Widen payments.amount\n\nSchema-Why: amounts above 21 million cents overflow int4 for the Japanese shop\nSchema-Rollback: values above int4 cannot go back; restore last night’s snapshot\nSigned-off-by: A <a@example.org>',
    verdict: 'real',
  },
  'labels in a description': {
    scene: 'not-null',
    place: 'body',
    text: 'Why: invoices without a customer crash the monthly export.\nRollback: drop the constraint again, no data is touched.',
    verdict: 'real',
  },
  'sections in a description': {
    scene: 'drop-column',
    place: 'body',
    text: '## Why\n\nThe importer that filled it was switched off in March, and support keeps mistaking it for the customer number.\n\n## Rollback\n\nValues are kept in the nightly export; the column can be refilled from it.\n',
    verdict: 'real',
  },
  'long prose with the reason in the middle': {
    scene: 'index',
    place: 'body',
    text: 'The order list got slower every week since we opened the Spanish shop. Support filters by status all day, and PostgreSQL reads the whole table each time because no index covers that column.\n\nWe looked at a partial index, but closed orders are searched as well.\n\nBuilding takes around 90 seconds on a copy of production, during which inserts queue; the deploy runs at 05:00 when there are almost none.',
    verdict: 'real',
  },
  'a decision record': {
    scene: 'type-change',
    place: 'record',
    text: '# 14. Widen `payments.amount`\n\n## Context\n\nAmounts in yen overflow `payments.amount`; three refunds failed last week.\n\n## Consequences\n\nThe table is rewritten, which blocks checkout for about two minutes on 9 GB.\n',
    verdict: 'real',
  },
  'a cause without a cue word but with the consequence': {
    scene: 'not-null',
    place: 'file',
    text: 'An order without a customer is a bug we have chased twice this year. All 1.2 million rows were checked: 0 are null.',
    verdict: 'real',
  },
  'why and lock in one sentence': {
    scene: 'index',
    place: 'file',
    text: 'Needed so the fraud job stops scanning every order; takes a SHARE lock for roughly 20 s at our size.',
    verdict: 'real',
  },
  'irreversible and said so': {
    scene: 'drop-column',
    place: 'commit',
    text: 'Drop users.legacy_id\n\nThe old shop is gone and privacy law forbids us to keep its ids any longer. This cannot be undone, on purpose: no backup is kept.',
    verdict: 'real',
  },
  'a revert with its reason': {
    scene: 'index',
    place: 'commit',
    text: 'Revert "Drop index on orders"\n\nThis reverts commit 1234567890abcdef1234567890abcdef12345678.\n\nThe nightly report needed it after all and ran for six hours.',
    verdict: 'real',
  },
  'a low-risk reason in a file header below a licence': {
    scene: 'new-table',
    place: 'file',
    text: 'SPDX-License-Identifier: MIT\nCopyright 2026 Acme Ltd.\n\nSupport needs to see who paused and when, for refunds.',
    verdict: 'real',
  },
  'a reason after a generated warning': {
    scene: 'drop-column',
    place: 'file',
    text: 'Warnings:\n\n  - You are about to drop the column `legacy_id` on the `users` table. All the data in the column will be lost.\n\nThe field was replaced by external_ref two releases ago and no query mentions it; old values stay in the archive bucket.',
    verdict: 'real',
  },
  'purpose in a feature description': {
    scene: 'add-column',
    place: 'body',
    text: 'Customers asked to stop deliveries during holidays. This stores when they did, so that billing can skip those weeks.',
    verdict: 'real',
  },
  'order and rollback of a drop': {
    scene: 'drop-column',
    place: 'body',
    text: 'Version 5.1 stopped writing the field, because the identity service owns it now. Deploy after 5.1 is everywhere. To go back, redeploy 5.0 and refill from the identity export.',
    verdict: 'real',
  },
  'bullets that are reasons': {
    scene: 'index',
    place: 'body',
    text: '- search by status takes 8 s at the moment, users give up\n- the build blocks writes, so it is planned for Sunday 04:00\n',
    verdict: 'real',
  },

  // Partly there.
  'why without a way back': {
    scene: 'drop-column',
    place: 'commit',
    text: 'Drop users.legacy_id\n\nNobody reads this field any more since the old shop was switched off.',
    verdict: 'partial',
    open: ['undo'],
  },
  'why of an index, nothing on its impact': {
    scene: 'index',
    place: 'commit',
    text: 'Speed up the fraud report\n\nIt filters by status and takes longer each week because of the growing backlog.',
    verdict: 'partial',
    open: ['undo'],
  },
  'why of a type change, nothing on the rewrite': {
    scene: 'type-change',
    place: 'commit',
    text: 'Widen amounts\n\nRefunds in yen fail because their value does not fit.',
    verdict: 'partial',
    open: ['undo'],
  },
  'way back without a why': {
    scene: 'type-change',
    place: 'body',
    text: 'Rollback: restore the snapshot taken before the deploy; there is no other road.',
    verdict: 'partial',
    open: ['why'],
  },
  'impact without a why': {
    scene: 'index',
    place: 'file',
    text: 'Blocks writes on orders for about 90 seconds at 12 million rows.',
    verdict: 'partial',
    open: ['why'],
  },
  'the feature is told, the risky step is not': {
    scene: 'not-null',
    place: 'body',
    text: 'Agents can now reassign an order between customers from the admin page, with an audit entry.',
    verdict: 'partial',
    open: ['undo'],
  },
  'rollback yes': {
    scene: 'drop-column',
    place: 'body',
    text: 'Why: the mobile apps stopped sending it in May.\nRollback: yes',
    verdict: 'partial',
    open: ['undo'],
  },
  'revert the pull request is no way back': {
    scene: 'type-change',
    place: 'body',
    text: 'Refunds in yen fail because their value does not fit.\n\nRollback: revert the PR',
    verdict: 'partial',
    open: ['undo'],
  },

  // Restating.
  'subject repeats the statement': {
    scene: 'index',
    place: 'commit',
    text: 'Add index on orders.status',
    verdict: 'restates',
    open: both,
  },
  'comment paraphrases the statement': {
    scene: 'drop-column',
    place: 'file',
    text: 'Drop the legacy_id column from the users table',
    verdict: 'restates',
    open: both,
  },
  'long paraphrase': {
    scene: 'type-change',
    place: 'commit',
    text: 'Change type of payments.amount\n\nThis migration alters the table payments and changes the type of the column amount from integer to bigint.',
    verdict: 'restates',
    open: both,
  },
  'paraphrase with a cue word stuffed in': {
    scene: 'add-column',
    place: 'commit',
    text: 'Add paused_at column because subscriptions need a paused_at column',
    verdict: 'restates',
    open: ['why'],
  },
  'new table named and nothing else': {
    scene: 'new-table',
    place: 'commit',
    text: 'Create subscription_pauses table',
    verdict: 'restates',
    open: ['why'],
  },
  'camel case paraphrase': {
    scene: 'add-column',
    place: 'commit',
    text: 'Add pausedAt to Subscription model',
    verdict: 'restates',
    open: ['why'],
  },
  'generic improvement of performance': {
    scene: 'index',
    place: 'commit',
    text: 'Add index to improve performance',
    verdict: 'restates',
    open: both,
  },
  'migration for the new feature': {
    scene: 'add-column',
    place: 'commit',
    text: 'Add migration for new feature',
    verdict: 'restates',
    open: ['why'],
  },
  'Prisma statement comments': {
    scene: 'add-column',
    place: 'file',
    text: 'AlterTable',
    verdict: 'none',
    open: ['why'],
  },
  'ticket and paraphrase': {
    scene: 'drop-column',
    place: 'commit',
    text: 'SHOP-1423: drop legacy_id from users',
    verdict: 'restates',
    open: both,
  },

  // Filler.
  'not applicable': { scene: 'index', place: 'body', text: 'n/a', verdict: 'filler', open: both },
  'to be done': { scene: 'drop-column', place: 'body', text: 'TBD', verdict: 'filler', open: both },
  'see title': { scene: 'index', place: 'body', text: 'See title.', verdict: 'filler', open: both },
  'self-explanatory': {
    scene: 'add-column',
    place: 'body',
    text: 'Self-explanatory.',
    verdict: 'filler',
    open: ['why'],
  },
  'as discussed': {
    scene: 'type-change',
    place: 'body',
    text: 'As discussed in the meeting.',
    verdict: 'filler',
    open: both,
  },
  'work in progress': { scene: 'new-table', place: 'commit', text: 'wip', verdict: 'filler', open: ['why'] },
  'small fixes': { scene: 'index', place: 'commit', text: 'misc fixes', verdict: 'filler', open: both },
  'address review comments': {
    scene: 'new-table',
    place: 'commit',
    text: 'Address review comments',
    verdict: 'filler',
    open: ['why'],
  },
  'a row of fillers': {
    scene: 'drop-column',
    place: 'body',
    text: '## Why\nN/A\n## Rollback\nNone\n',
    verdict: 'filler',
    open: both,
  },
  'looks fine': {
    scene: 'index',
    place: 'body',
    text: 'LGTM, works on my machine',
    verdict: 'filler',
    open: both,
  },

  // Pointers.
  'ticket alone': { scene: 'index', place: 'commit', text: 'SHOP-1423', verdict: 'pointer', open: both },
  'closes an issue': {
    scene: 'add-column',
    place: 'body',
    text: 'Closes #812',
    verdict: 'pointer',
    open: ['why'],
  },
  'link alone': {
    scene: 'drop-column',
    place: 'body',
    text: 'https://example.atlassian.net/browse/SHOP-1423',
    verdict: 'pointer',
    open: both,
  },
  'see link in Markdown': {
    scene: 'type-change',
    place: 'body',
    text: 'See [SHOP-77](https://tracker.example/SHOP-77).',
    verdict: 'pointer',
    open: both,
  },
  'a revert without a reason': {
    scene: 'index',
    place: 'commit',
    text: 'Revert "Drop index on orders"\n\nThis reverts commit 1234567890abcdef1234567890abcdef12345678.',
    verdict: 'pointer',
    open: ['why'],
  },

  // Nothing written by a person.
  'empty description': { scene: 'index', place: 'body', text: '', verdict: 'none', open: both },
  'untouched template': {
    scene: 'drop-column',
    place: 'body',
    text: '## What does this change and why?\n\n<!-- Tell reviewers why the schema changes -->\n\n## Checklist\n\n- [x] Migrations can be rolled back without losing rows\n- [ ] I estimated how long writes are blocked\n',
    verdict: 'none',
    open: both,
  },
  'template with a reason between its lines': {
    scene: 'add-column',
    place: 'body',
    text: '## What does this change and why?\n\nWinter breaks: customers keep paying while away, and ask for refunds later.\n\n## Checklist\n\n- [x] Migrations can be rolled back without losing rows\n- [x] I estimated how long writes are blocked\n',
    verdict: 'real',
  },
  'bot summary only': {
    scene: 'index',
    place: 'body',
    text: '<!-- This is an auto-generated comment: release notes by coderabbit.ai -->\n\n## Summary by CodeRabbit\n\n* **Performance**\n  * Improved order lookups because the status filter scanned all rows.\n\n<!-- end of auto-generated comment: release notes by coderabbit.ai -->',
    verdict: 'none',
    open: both,
  },
  'hidden comment only': {
    scene: 'drop-column',
    place: 'body',
    text: '<!-- The importer was switched off in March, so nothing writes this field; restore from the export. -->',
    verdict: 'none',
    open: both,
  },
  'fenced output only': {
    scene: 'index',
    place: 'body',
    text: '```\nSeq Scan on orders because no index exists, 40 million rows, takes 90 s\n```',
    verdict: 'none',
    open: both,
  },
  'headings only': {
    scene: 'drop-column',
    place: 'body',
    text: '## Why the importer no longer needs this field\n\n## Rollback by restoring the nightly backup\n',
    verdict: 'none',
    open: both,
  },
  'sign-offs only': {
    scene: 'index',
    place: 'commit',
    text: '\n\nSigned-off-by: A Person <a@example.org>\nCo-authored-by: B Person <b@example.org>\nReviewed-by: C, because the rows are few <c@example.org>',
    verdict: 'none',
    open: both,
  },
  'alembic header': {
    scene: 'type-change',
    place: 'file',
    text: 'widen amount\n\nRevision ID: 1b2c3d4e5f60\nRevises: a1b2c3d4e5f6\nCreate Date: 2026-03-01 10:11:12.123456\n### commands auto generated by Alembic - please adjust! ###',
    verdict: 'restates',
    open: both,
  },
  'goose markers': {
    scene: 'index',
    place: 'file',
    text: "+goose Up\nSQL in section 'Up' is executed when this migration is applied\n+goose StatementBegin\n+goose StatementEnd",
    verdict: 'none',
    open: both,
  },
  'generated Prisma warning': {
    scene: 'drop-column',
    place: 'file',
    text: 'Warnings:\n\n  - You are about to drop the column `legacy_id` on the `users` table. All the data in the column will be lost.',
    verdict: 'none',
    open: both,
  },
  'Drizzle marker': {
    scene: 'add-column',
    place: 'file',
    text: 'Custom SQL migration file, put your code below! --> statement-breakpoint',
    verdict: 'none',
    open: ['why'],
  },
  'Apache licence': {
    scene: 'drop-column',
    place: 'file',
    text: 'Licensed under the Apache License, Version 2.0 (the "License");\nyou may not use this file except in compliance with the License.\nUnless required by applicable law or agreed to in writing, software\ndistributed under the License is distributed on an "AS IS" BASIS.',
    verdict: 'none',
    open: both,
  },
  'SQL that is commented out': {
    scene: 'index',
    place: 'file',
    text: "SELECT count(*) FROM orders WHERE status = 'open' AND created_at < now() - interval '90 days';",
    verdict: 'none',
    open: both,
  },

  // About something else.
  'a long description of other work in a large change': {
    scene: 'index-in-large-change',
    place: 'body',
    text: 'The login page is now rendered on the server, because the old bundle took 4 seconds on slow phones. Rollback: switch the feature flag off again, nothing else is needed.\n\nAlso bumps the linter.',
    verdict: 'none',
    open: both,
  },
  'a large change whose description has a paragraph on the migration': {
    scene: 'index-in-large-change',
    place: 'body',
    text: 'The login page is now rendered on the server, because the old bundle took 4 seconds on slow phones.\n\nThe migration: the order list filters by status and times out for big shops. Writes wait 20 s while it runs, at 04:00.',
    verdict: 'real',
  },
  'a large change with a migration section': {
    scene: 'index-in-large-change',
    place: 'body',
    text: '## Login\n\nRendered on the server now.\n\n## Database\n\nBig shops wait 8 s for their list, since every row is read. The build holds up writers for 20 s at 04:00.\n',
    verdict: 'real',
  },

  // Contradictions.
  'says concurrently, is not': {
    scene: 'index',
    place: 'commit',
    text: 'Index orders by status\n\nThe dashboard times out on big shops. The index is created concurrently, so no writes wait.',
    verdict: 'real',
    contradiction: 'concurrently',
  },
  'says concurrently, is': {
    scene: 'concurrent-index',
    place: 'commit',
    text: 'Index orders by status\n\nThe dashboard times out on big shops. The index is created concurrently, so no writes wait.',
    verdict: 'real',
  },
  'explains why not concurrently': {
    scene: 'index',
    place: 'commit',
    text: 'Index orders by status\n\nThe dashboard times out on big shops. Not built concurrently, because the table has 300 rows.',
    verdict: 'real',
  },
  'workers run concurrently': {
    scene: 'index',
    place: 'commit',
    text: 'Stop double shipping\n\nTwo workers running concurrently picked the same open order, because the lookup was too slow. Writes wait 5 s during the build.',
    verdict: 'real',
  },
  'says the table is new, it is not': {
    scene: 'not-null',
    place: 'body',
    text: 'Exports crash on an order without a customer. This is safe as orders is a new table without any rows.',
    verdict: 'real',
    contradiction: 'new-table',
  },
  'says it can be rolled back, data is lost': {
    scene: 'drop-column',
    place: 'body',
    text: 'The importer was switched off in March and nothing writes this any more. The migration can be rolled back at any time.',
    verdict: 'real',
    contradiction: 'reversible',
  },
  'says it cannot be rolled back': {
    scene: 'drop-column',
    place: 'body',
    text: 'The importer was switched off in March and nothing writes this any more. The migration cannot be rolled back, which the data team accepted.',
    verdict: 'real',
  },

  // Other languages: never judged, never a warning.
  German: {
    scene: 'drop-column',
    place: 'body',
    text: 'Die Spalte wird nicht mehr gelesen, seit der alte Shop abgeschaltet ist. Die Werte liegen noch im Archiv und können von dort zurückgespielt werden.',
    verdict: 'not-judged',
    open: both,
  },
  French: {
    scene: 'index',
    place: 'body',
    text: 'La liste des commandes est trop lente pour les grandes boutiques, car toute la table est lue. La construction dure environ vingt secondes.',
    verdict: 'not-judged',
    open: both,
  },
  Spanish: {
    scene: 'type-change',
    place: 'commit',
    text: 'Ampliar los importes\n\nLos reembolsos en yenes no caben en la columna y por eso fallan. Se puede volver con la copia de anoche.',
    verdict: 'not-judged',
    open: both,
  },
  Portuguese: {
    scene: 'index',
    place: 'body',
    text: 'A lista de pedidos está muito lenta para as lojas grandes porque não há um índice para o filtro.',
    verdict: 'not-judged',
    open: both,
  },
  Polish: {
    scene: 'drop-column',
    place: 'body',
    text: 'Pole nie jest już używane, ponieważ stary sklep został wyłączony w marcu i nikt go nie czyta.',
    verdict: 'not-judged',
    open: both,
  },
  Japanese: {
    scene: 'drop-column',
    place: 'body',
    text: '旧ショップは三月に停止したため、この列はもう使われていません。値はバックアップから復元できます。',
    verdict: 'not-judged',
    open: both,
  },
  Chinese: {
    scene: 'index',
    place: 'commit',
    text: '订单列表在大型商店中超时，因为每次都要扫描整张表。建索引大约需要二十秒。',
    verdict: 'not-judged',
    open: both,
  },
  Russian: {
    scene: 'type-change',
    place: 'body',
    text: 'Суммы в иенах не помещаются в столбец, поэтому возвраты падают. Откат только из резервной копии.',
    verdict: 'not-judged',
    open: both,
  },
  Arabic: {
    scene: 'index',
    place: 'body',
    text: 'قائمة الطلبات بطيئة جدا في المتاجر الكبيرة لأن الجدول كله يقرأ في كل مرة',
    verdict: 'not-judged',
    open: both,
  },
  'a foreign filler is not a reason': {
    scene: 'index',
    place: 'body',
    text: 'Siehe Ticket',
    verdict: 'filler',
    open: both,
  },
  'English with a few foreign names': {
    scene: 'index',
    place: 'body',
    text: 'The shop "La Casa de los Libros" waits 8 s for its order list because every row is read; building blocks writes for 20 s.',
    verdict: 'real',
  },
};
