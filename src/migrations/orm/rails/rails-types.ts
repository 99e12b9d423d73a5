import type { CodeValue } from '../code/code-value.ts';
import { isFalse, isNone, isTrue, mapOf, numberOf, textOf } from '../code/code-value.ts';
import type { SqlText } from '../sql-text.ts';

/** The Rails whose defaults a migration has (`ActiveRecord::Migration[7.1]`), as a number to compare: 7.1. */
export type RailsVersion = number;

export type Options = ReadonlyMap<string, CodeValue>;

const postgres: Readonly<Record<string, string>> = {
  string: 'character varying', text: 'text', bigint: 'bigint', float: 'float', decimal: 'decimal', numeric: 'numeric',
  datetime: 'timestamp', timestamp: 'timestamp', timestamptz: 'timestamptz', time: 'time', date: 'date', binary: 'bytea',
  blob: 'bytea', boolean: 'boolean', bit_varying: 'bit varying', primary_key: 'bigserial', virtual: 'text',
}; // biome-ignore format: a table reads better in few lines

const mysql: Readonly<Record<string, string>> = {
  string: 'varchar', text: 'text', bigint: 'bigint', float: 'float', decimal: 'decimal', numeric: 'decimal',
  datetime: 'datetime', timestamp: 'timestamp', time: 'time', date: 'date', binary: 'blob', blob: 'blob', boolean: 'tinyint(1)',
  json: 'json', jsonb: 'json', primary_key: 'bigint auto_increment', uuid: 'char(36)', virtual: 'text',
}; // biome-ignore format: a table reads better in few lines

/** Methods of a table's block that make a column of the type they are called after. */
export const columnMethods: ReadonlySet<string> = new Set(
  (
    'string text integer bigint float decimal numeric datetime timestamp timestamptz time date binary blob boolean json ' +
    'jsonb uuid hstore inet cidr macaddr citext xml tsvector tsquery point line lseg box path polygon circle bit ' +
    'bit_varying money interval oid ltree int4range int8range numrange tsrange tstzrange daterange enum serial bigserial ' +
    'primary_key smallint double geometry geography st_point st_polygon st_multi_point st_multi_polygon st_line_string st_multi_line_string line_string multi_polygon vector halfvec tinyint mediumtext longtext tinytext ' +
    'tinyblob mediumblob longblob unsigned_integer unsigned_bigint virtual'
  ).split(' '),
);

/**
 * The type of a column as Rails writes it. Source: Rails 7.1, `NATIVE_DATABASE_TYPES` and `type_to_sql` of the
 * PostgreSQL and MySQL adapters; `ActiveRecord::Migration::Compatibility` for older migrations.
 */
export function railsType(type: string, options: Options, text: SqlText, version: RailsVersion): string {
  const limit = numberOf(options.get('limit'));
  const array = isTrue(options.get('array')) ? '[]' : '';
  return `${withNumbers(type, limit, options, text, version)}${array}`;
}

function withNumbers(
  type: string,
  limit: number | undefined,
  options: Options,
  text: SqlText,
  version: RailsVersion,
): string {
  const known = (text.isMysql ? mysql : postgres)[type] ?? type;
  switch (type) {
    case 'integer':
      return integerType(limit, text.isMysql);
    case 'string':
      return limit === undefined && !text.isMysql ? known : `${known}(${limit ?? 255})`;
    case 'decimal':
    case 'numeric': {
      const precision = numberOf(options.get('precision'));
      const scale = numberOf(options.get('scale'));
      if (precision === undefined) return known;
      return `${known}(${precision}${scale === undefined ? '' : `,${scale}`})`;
    }
    case 'datetime':
    case 'timestamp':
    case 'timestamptz': {
      const given = options.get('precision');
      const precision = given === undefined ? (version >= 7 ? 6 : undefined) : numberOf(given);
      return precision === undefined || isNone(given ?? { kind: 'number', text: '6' })
        ? known
        : `${known}(${precision})`;
    }
    case 'enum': {
      const name = textOf(options.get('enum_type'));
      return name === undefined ? 'enum' : text.name(name);
    }
    case 'virtual':
      return withNumbers(textOf(options.get('type')) ?? 'text', limit, options, text, version);
    case 'binary':
    case 'text':
      return known;
    case 'bigint':
      return known;
    case 'bit':
    case 'bit_varying':
      return limit === undefined ? known : `${known}(${limit})`;
    case 'vector':
    case 'halfvec': {
      const numbers = limit ?? numberOf(options.get('dimensions'));
      return numbers === undefined ? known : `${known}(${numbers})`;
    }
    default:
      return known;
  }
}

function integerType(limit: number | undefined, isMysql: boolean): string {
  if (limit === undefined) return isMysql ? 'int' : 'integer';
  if (isMysql)
    return limit <= 1
      ? 'tinyint'
      : limit === 2
        ? 'smallint'
        : limit === 3
          ? 'mediumint'
          : limit === 4
            ? 'int'
            : 'bigint';
  return limit <= 2 ? 'smallint' : limit <= 4 ? 'integer' : 'bigint';
}

/** What stands behind a column's type: default, null, the expression of a generated column. */
export function columnOptions(type: string, options: Options, text: SqlText): string {
  const parts: string[] = [];
  const generated = textOf(options.get('as'));
  if (generated !== undefined) {
    parts.push(
      `GENERATED ALWAYS AS (${generated})${isTrue(options.get('stored')) ? ' STORED' : text.isMysql ? '' : ' VIRTUAL'}`,
    );
  }
  const fallback = options.get('default');
  // Of a uuid column alone, Rails takes a text with `()` for a function.
  const isFunction =
    type === 'uuid' && text.isPostgres && fallback?.kind === 'text' && fallback.text.includes('()');
  if (fallback !== undefined && fallback.kind !== 'none')
    parts.push(`DEFAULT ${isFunction ? fallback.text : text.value(fallback)}`);
  if (isFalse(options.get('null'))) parts.push('NOT NULL');
  if (isTrue(options.get('primary_key'))) parts.push('PRIMARY KEY');
  if (type === 'primary_key') parts.push('PRIMARY KEY');
  const collation = textOf(options.get('collation'));
  return `${collation === undefined ? '' : ` COLLATE ${text.name(collation)}`}${parts.map((part) => ` ${part}`).join('')}`;
}

/** `foreign_key: true` or `{ to_table: … }`; undefined where none is made. */
export function foreignKeyOf(options: Options): Options | undefined {
  const given = options.get('foreign_key');
  if (given === undefined || isNone(given) || isFalse(given)) return undefined;
  return given.kind === 'map' ? mapOf(given) : new Map();
}
