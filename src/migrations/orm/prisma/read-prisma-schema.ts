import { quoted, sqlText } from '../sql-text.ts';

/** Types of Prisma on PostgreSQL. Source: Prisma schema reference, "Model field scalar types". */
const scalars: Readonly<Record<string, string>> = {
  String: 'text', Boolean: 'boolean', Int: 'integer', BigInt: 'bigint', Float: 'double precision', Decimal: 'decimal(65,30)',
  DateTime: 'timestamp(3)', Json: 'jsonb', Bytes: 'bytea',
}; // biome-ignore format: a table reads better in few lines

const native: Readonly<Record<string, string>> = {
  VarChar: 'varchar', Char: 'char', Text: 'text', Uuid: 'uuid', Timestamptz: 'timestamptz', Timestamp: 'timestamp', Timetz: 'timetz',
  Time: 'time', Date: 'date', SmallInt: 'smallint', Integer: 'integer', BigInt: 'bigint', Oid: 'oid', Real: 'real',
  DoublePrecision: 'double precision', Decimal: 'decimal', Money: 'money', Inet: 'inet', Citext: 'citext', Bit: 'bit', VarBit: 'varbit',
  Boolean: 'boolean', JsonB: 'jsonb', Json: 'json', Xml: 'xml', ByteA: 'bytea',
}; // biome-ignore format: a table reads better in few lines

interface Block {
  readonly kind: 'model' | 'enum';
  readonly name: string;
  readonly lines: readonly string[];
}

/**
 * The tables that `schema.prisma` describes, as statements for PostgreSQL that make them: columns with type and null,
 * keys, unique groups and indexes. What it leaves to the server's imagination (names of constraints) has Prisma's own.
 */
export function prismaSchemaStatements(source: string): readonly string[] {
  const blocks = blocksOf(source);
  const names = new Map(blocks.map((block) => [block.name, mappedName(block)]));
  const enums = new Set(blocks.filter(({ kind }) => kind === 'enum').map(({ name }) => name));
  return blocks.flatMap((block) =>
    block.kind === 'enum' ? enumStatement(block) : modelStatements(block, names, enums),
  );
}

/** One pass: a block that is never closed ends with the text, or where the next one begins. */
function blocksOf(source: string): readonly Block[] {
  const blocks: Block[] = [];
  let lines: string[] | undefined;
  for (const whole of source.split('\n')) {
    const line = whole.replace(/\/\/.*$/, '').trim();
    const opening = /^(model|enum)[ \t]+(\w+)[ \t]*\{$/.exec(line);
    if (opening) {
      lines = [];
      blocks.push({ kind: opening[1] === 'enum' ? 'enum' : 'model', name: opening[2] ?? '', lines });
    } else if (line === '}') lines = undefined;
    else if (line !== '') lines?.push(line);
  }
  return blocks;
}

function mappedName({ name, lines }: Block): string {
  const mapped = lines
    .map((line) => /^@@map\((?:name:\s*)?"([^"]+)"/.exec(line)?.[1])
    .find((one) => one !== undefined);
  return mapped ?? name;
}

const text = sqlText('postgresql');

function enumStatement(block: Block): readonly string[] {
  const values = block.lines
    .filter((line) => !line.startsWith('@@'))
    .map((line) => mapOf(line) ?? line.split(/\s/)[0] ?? line);
  return [`CREATE TYPE ${text.name(mappedName(block))} AS ENUM (${values.map(quoted).join(', ')})`];
}

function mapOf(line: string): string | undefined {
  return /(?<!@)@map\((?:name:\s*)?"([^"]+)"/.exec(line)?.[1];
}

interface Field {
  readonly name: string;
  readonly column: string;
  readonly definition: string;
  readonly isKey: boolean;
  readonly isUnique: boolean;
}

function modelStatements(
  block: Block,
  names: ReadonlyMap<string, string>,
  enums: ReadonlySet<string>,
): readonly string[] {
  const table = mappedName(block);
  const fields = block.lines.flatMap((line) => fieldOf(line, names, enums) ?? []);
  const columns = new Map(fields.map(({ name, column }) => [name, column]));
  const group = (line: string) => {
    const list = /\[([^\]]*)\]/.exec(line)?.[1] ?? '';
    return list.split(',').map((item) => {
      const own = /^\s*(\w+)/.exec(item)?.[1] ?? '';
      return columns.get(own) ?? own;
    });
  };
  const lines = (start: string) => block.lines.filter((line) => line.startsWith(start));
  const keys = [
    ...fields.filter(({ isKey }) => isKey).map(({ column }) => [column]),
    ...lines('@@id(').map(group),
  ];
  const body = [
    ...fields.map(({ definition }) => definition),
    ...keys.map((key) => `CONSTRAINT ${text.name(`${table}_pkey`)} PRIMARY KEY (${text.names(key)})`),
  ];
  const index = (unique: string, key: readonly string[], suffix: string, line: string) => {
    const name = /\bmap:\s*"([^"]+)"/.exec(line)?.[1] ?? `${table}_${key.join('_')}_${suffix}`;
    return `CREATE ${unique}INDEX ${text.name(name)} ON ${text.name(table)} (${text.names(key)})`;
  };
  return [
    `CREATE TABLE ${text.name(table)} (${body.join(', ')})`,
    ...fields.filter(({ isUnique }) => isUnique).map(({ column }) => index('UNIQUE ', [column], 'key', '')),
    ...lines('@@unique(').map((line) => index('UNIQUE ', group(line), 'key', line)),
    ...lines('@@index(').map((line) => index('', group(line), 'idx', line)),
  ];
}

/** A field with a column of its own: no relation, and nothing that Prisma does not support. */
function fieldOf(
  line: string,
  names: ReadonlyMap<string, string>,
  enums: ReadonlySet<string>,
): Field | undefined {
  const match = /^(\w+)\s+(?:Unsupported\("([^"]+)"\)|(\w+))(\[\])?(\?)?(.*)$/.exec(line);
  if (!match || line.startsWith('@@')) return undefined;
  const [, name = '', raw, type = '', list, optional, rest = ''] = match;
  const own = /@db\.(\w+)(\([^)]*\))?/.exec(rest);
  const base =
    raw ??
    (own?.[1] !== undefined && native[own[1]] !== undefined
      ? `${native[own[1]]}${own[2] ?? ''}`
      : (scalars[type] ?? (enums.has(type) ? text.name(names.get(type) ?? type) : undefined)));
  if (base === undefined) return undefined;
  const column = mapOf(rest) ?? name;
  const isKey = /(?<!@)@id\b/.test(rest);
  const isCounted = /@default\(autoincrement\(\)\)/.test(rest);
  const counted = base === 'bigint' ? 'bigserial' : base === 'smallint' ? 'smallserial' : 'serial';
  return {
    name,
    column,
    definition: `${text.name(column)} ${isCounted ? counted : base}${list ?? ''}${optional === undefined && list === undefined ? ' NOT NULL' : ''}`,
    isKey,
    isUnique: /(?<!@)@unique\b/.test(rest),
  };
}
