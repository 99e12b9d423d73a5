import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { usesFinder } from '../../../src/collect/migrations/find-uses.ts';
import { columnVariants, tableVariants } from '../../../src/collect/migrations/name-variants.ts';
import { growth } from '../../migrations/processor-time.ts';

/** "line kind" of every use. */
function usesIn(text: string, name: Partial<Parameters<typeof usesFinder>[0]> = {}, path = 'src/a.ts') {
  const find = usesFinder({ table: 'orders', column: 'shipping_note', isCommon: false, ...name });
  return find(path, text).map(({ line, kind }) => `${line} ${kind}`);
}

test('a column is sought in the spellings that code uses', () => {
  expect(columnVariants('shipping_note')).toEqual([
    'shipping_note',
    'shippingNote',
    'ShippingNote',
    'SHIPPING_NOTE',
  ]);
  expect(columnVariants('createdAt')).toEqual(['createdAt', 'created_at', 'CreatedAt', 'CREATED_AT']);
});

test('a table is sought under its models’ names too', () => {
  expect(tableVariants('shop.order_items')).toEqual([
    'order_items', 'orderItems', 'OrderItems', 'ORDER_ITEMS', 'OrderItem',
  ]); // biome-ignore format: one list
  expect(tableVariants('categories')).toContain('Category');
  expect(tableVariants('addresses')).toContain('Address');
  expect(tableVariants('status')).not.toContain('Statu');
});

describe('a column with a name of its own', () => {
  test.each([
    ['in a query', "db.query('SELECT shipping_note FROM orders')", ['1 statement']],
    ['in a model far from a query', 'class Order {\n  shippingNote: string\n}', ['2 mention']],
    ['declared', 'class Order {\n  @Column() shippingNote: string\n}', ['2 declaration']],
    ['where the table is not named at all', 'const shippingNote = form.shippingNote;', []],
    ['in a longer name', 'const Order = 1; let shipping_notes, old_shipping_note, $shipping_note;', []],
    [
      'in a comment behind a line',
      "db.query('SELECT 1 FROM orders') // shipping_note is gone\nJOIN orders o -- Ignore shipping_note",
      [],
    ],
    ['in a comment', '// Order: shipping_note is gone\n# orders shipping_note\n * orders.shipping_note', []],
    ['several times in a line', 'orders.shipping_note ?? orders.shipping_note', ['1 mention']],
    ['an INSERT that names its columns without it', "db.query('INSERT INTO orders (id) VALUES (1)')", []],
    [
      'an INSERT without a list, which counts columns',
      "db.query('insert into orders values (1, 2)')",
      ['1 statement'],
    ],
    ['an INSERT … SELECT without a list', 'INSERT INTO public."orders" SELECT * FROM o', ['1 statement']],
  ])('%s', (_, text, uses) => {
    expect(usesIn(text)).toEqual(uses);
  });
});

describe('a column whose name many have', () => {
  const common = { column: 'name', isCommon: true };
  const apart = (lines: number) => `SELECT * FROM orders${'\n'.repeat(lines)}row.name`;
  test('counts exactly 15 lines from a query of the table', () => {
    expect(usesIn(apart(15), common)).toEqual(['16 mention']);
  });
  test.each([
    [
      'the alias of another table',
      'SELECT 1 FROM orders AS o\nJOIN teams t ON true\nWHERE t.name IS NULL',
      [],
    ],
    [
      'its own alias',
      'SELECT 1 FROM orders AS o\nJOIN teams t ON true\nWHERE o.name IS NULL',
      ['3 statement'],
    ],
    ['both', 'SELECT 1 FROM "orders" o JOIN teams t ON o.name = t.name', ['1 statement']],
    [
      'an alias that two queries give to both',
      'SELECT t.name FROM teams t;\nSELECT 1 FROM public.orders t;',
      ['1 statement'],
    ],
    ['an alias nobody explains', 'SELECT x.name FROM orders', ['1 statement']],
  ])('behind %s', (_, text, uses) => expect(usesIn(text, common)).toEqual(uses));
  test('and not 16 lines from it', () => expect(usesIn(apart(16), common)).toEqual([]));
  test.each([
    ['a member of a thing called otherwise', 'const label = order.name ?? customer.name;', []],
    ['a member of the model', 'session.query(Order.name)', ['1 mention']],
    ['a member of a variable called like the table', 'const label = orders.name;', ['1 mention']],
    ['in the model of the table', 'model Order {\n  id   Int\n  name String\n}', ['3 mention']],
    ['in another model of the file', 'model Order {\n  id Int\n}\nmodel User {\n  name String\n}', []],
    ['near the table’s word alone', '// the list of all things\nconst orders = 1, name = 2;', []],
    ['near an import', "import { x } from 'orders';\nconst name = 2;", []],
  ])('%s', (_, text, uses) => {
    expect(usesIn(text, common)).toEqual(uses);
  });
});

describe('a table whose name is an everyday word', () => {
  const find = usesFinder({ table: 'tag', isCommon: true });
  test.each([
    ['SELECT * FROM tag', true],
    ['DELETE FROM public."tag" t', true],
    ['left join tag on true', true],
    ['await prisma.tag.findMany()', true],
    ["const tags = pgTable('tag', {", true],
    ["__tablename__ = 'tag'", true],
    ['  @@map("tag")', true],
    ['use lemmy::schema::tag;', true],
    ['const tag = element.tag;', false],
    ["import { tag } from 'tag';", false],
    ['from tag import Tag', false],
    ['update tagged set x = 1', false],
    ['UPDATE tag t SET x = 1', true],
    ["summary: 'Update tag, or make one from tag'", false],
    ["fetch('/api/tag')", false],
  ])('%s: %s', (line, isFound) => {
    expect(find('src/a.ts', line).length > 0).toBe(isFound);
  });
});

test('a table is found by itself, and a Prisma model declares it', () => {
  const { column: _, ...table } = { column: '', table: 'orders', isCommon: false };
  const find = usesFinder(table);
  expect(find('src/a.py', 'Order.objects.all()\norders = 1').map(({ line }) => line)).toEqual([1, 2]);
  expect(find('schema.prisma', 'model Order {\n}').map(({ kind }) => kind)).toEqual(['declaration']);
});

test('any name in any text gives an answer with lines that exist', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.string(),
      fc.boolean(),
      (text, table, column, isCommon) => {
        const lines = text.split('\n').length;
        for (const { line } of usesFinder({ table, column, isCommon })('a.ts', text)) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
        }
      },
    ),
  );
});

test('twice as many uses are at most two and a half times the work', () => {
  expect(usesIn('orders.shipping_note\n'.repeat(8_000))).toHaveLength(8_000);
  expect(growth((lines) => usesIn('orders.shipping_note\n'.repeat(lines)), 8_000)).toBeLessThan(2.5);
});

describe('in a Prisma schema', () => {
  const used = (line: string) =>
    usesIn(
      `model Order {\n  id Int\n${line}\n  @@map("orders")\n}`,
      { column: 'type', isCommon: true },
      'schema.prisma',
    );
  test('a field and a key name the column', () => {
    expect(used('  type String')).toEqual(['3 declaration']);
    expect(used('  kind String @map("type")')).toEqual(['3 declaration']);
    expect(used('  @@index([id, type])')).toEqual(['3 declaration']);
  });
  test('an option of a key does not', () => expect(used('  @@index([id], type: Hash)')).toEqual([]));
});

test('a tag for JSON is no declaration of a column, a tag for the database is', () => {
  const field = (tag: string) => usesIn(`type Order struct {\n  ShippingNote string \`${tag}\`\n}`);
  expect(field('json:"shipping_note"')).toEqual(['2 mention']);
  expect(field('json:"note" db:"shipping_note"')).toEqual(['2 declaration']);
});
