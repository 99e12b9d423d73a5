import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insertsFinder, requiredColumns } from '../../../src/collect/migrations/find-inserts.ts';
import { migration, operation } from '../../migrations/rationale/scenes.ts';

function insertsIn(text: string) {
  const find = insertsFinder({ table: 'shop.order_items', column: 'tax_rate' });
  return find('src/a.ts', text).map(({ line, kind }) => `${line} ${kind}`);
}

describe('an INSERT that leaves the column out', () => {
  test.each([
    ['with a list', 'sql`INSERT INTO order_items (id, price) VALUES ($1, $2)`'],
    ['in a schema, quoted', 'insert into "shop"."order_items" ("id", "price") select 1, 2'],
    ['over several lines', 'INSERT INTO order_items\n  (id,\n   price)\nVALUES (1, 2)'],
    ['with escaped quotes', '"INSERT INTO \\"order_items\\" (\\"id\\") VALUES (1)"'],
    ['without a list', 'INSERT INTO order_items VALUES (1, 2)'],
    ['of another table’s rows', 'INSERT INTO order_items SELECT * FROM old_items'],
    ['that updates on conflict', 'INSERT INTO order_items AS i (id) VALUES (1) ON CONFLICT DO NOTHING'],
    ['with a name that only contains it', 'INSERT INTO order_items (id, tax_rate_old) VALUES (1, 2)'],
  ])('%s', (_, text) => expect(insertsIn(text)).toEqual(['1 statement']));

  test.each([
    ['drizzle', 'await db.insert(orderItems).values({ id })'],
    ['kysely', "db.insertInto('order_items').values({ id })"],
    ['knex', "knex('order_items').insert({ id })"],
    ['supabase', "client.from('order_items').insert({ id })"],
    ['prisma', 'prisma.orderItem.create({ data })'],
    ['diesel', 'diesel::insert_into(schema::order_items::table)'],
    ['Django', 'OrderItem.objects.create(id=1)'],
    ['Rails', 'OrderItem.create!(id: 1)'],
  ])('a call of %s: its columns are not read', (_, text) => expect(insertsIn(text)).toEqual(['1 mention']));
});

test.each([
  ['a list with the column', 'INSERT INTO order_items (id, tax_rate) VALUES (1, 2)'],
  ['a list with the column in capitals', 'INSERT INTO ORDER_ITEMS (ID, TAX_RATE) VALUES (1, 2)'],
  ['a list that a program puts together', 'INSERT INTO order_items (${names}) VALUES (${values})'],
  ['a list with a placeholder', 'INSERT INTO order_items (%s) VALUES (%s)'],
  ['another table', 'INSERT INTO order_items_old (id) VALUES (1)'],
  ['a comment', '// INSERT INTO order_items (id) VALUES (1)'],
  ['prose', 'we insert into order_items what the customer has chosen'],
])('%s is none', (_, text) => expect(insertsIn(text)).toEqual([]));

test('any text is read without a fault, and soon', () => {
  const parts = fc.constantFrom(
    'insert into ',
    'order_items',
    '(',
    ')',
    ',',
    '"',
    ' values',
    '\n',
    '.',
    'as x ',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 200 }), (pieces) => {
      const text = pieces.join('');
      const lines = text.split('\n').length;
      for (const { line } of insertsFinder({ table: 'order_items', column: 'a' })('x.sql', text)) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines);
      }
    }),
    { numRuns: 200 },
  );
});

describe('columns that a change requires', () => {
  const add = (sql: string, kind = 'add-column') => operation(kind, 't', sql, { column: 'c' });
  const required = { table: 't', column: 'c' };
  test.each([
    ['required from the start', [add('ADD COLUMN c int NOT NULL', 'add-required-column')], [required]],
    [
      'required at the end',
      [add('ADD COLUMN c int'), add('ALTER c SET NOT NULL', 'set-not-null')],
      [required],
    ],
    ['with a default', [add('ADD COLUMN c int DEFAULT 1'), add('ALTER c SET NOT NULL', 'set-not-null')], []],
    [
      'with a default that comes later',
      [add('ADD COLUMN c int NOT NULL', 'add-required-column'), add('ALTER c SET DEFAULT 1', 'set-default')],
      [],
    ],
    [
      'with a default that is taken away at once',
      [add("ADD COLUMN c text DEFAULT '' NOT NULL"), add('ALTER c DROP DEFAULT', 'drop-default')],
      [required],
    ],
    [
      'that may be empty, with a default that is taken away at once',
      [add('ADD COLUMN c int DEFAULT 1'), add('ALTER c DROP DEFAULT', 'drop-default')],
      [],
    ],
    ['that was there before', [add('ALTER c SET NOT NULL', 'set-not-null')], []],
    ['that may be empty', [add('ADD COLUMN c int')], []],
  ])('%s', (_, operations, expected) => {
    expect(requiredColumns([migration(operations)])).toEqual(expected);
  });

  test('nobody inserts yet into a table that is new here, and a way back requires nothing', () => {
    const one = add('ADD COLUMN c int NOT NULL', 'add-required-column');
    expect(requiredColumns([migration([{ ...one, onTableOfThisChange: true }])])).toEqual([]);
    expect(requiredColumns([migration([one], { direction: 'down' })])).toEqual([]);
  });
});
