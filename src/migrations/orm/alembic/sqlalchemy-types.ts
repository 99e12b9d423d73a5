import {
  type CodeCall,
  type CodeValue,
  isFalse,
  isTrue,
  lastName,
  numberOf,
  textOf,
} from '../code/code-value.ts';
import { quoted, type SqlText } from '../sql-text.ts';

const plain: Readonly<Record<string, string>> = {
  Integer: 'INTEGER', INTEGER: 'INTEGER', INT: 'INTEGER', BigInteger: 'BIGINT', BIGINT: 'BIGINT', SmallInteger: 'SMALLINT',
  SMALLINT: 'SMALLINT', Boolean: 'BOOLEAN', BOOLEAN: 'BOOLEAN', Date: 'DATE', DATE: 'DATE', Text: 'TEXT', TEXT: 'TEXT',
  UnicodeText: 'TEXT', JSON: 'JSON', JSONB: 'JSONB', Interval: 'INTERVAL', INTERVAL: 'INTERVAL', HSTORE: 'HSTORE', INET: 'INET',
  CIDR: 'CIDR', MACADDR: 'MACADDR', TSVECTOR: 'TSVECTOR', CITEXT: 'CITEXT', OID: 'OID', MONEY: 'MONEY', INT4RANGE: 'INT4RANGE',
  INT8RANGE: 'INT8RANGE', NUMRANGE: 'NUMRANGE', DATERANGE: 'DATERANGE', TSRANGE: 'TSRANGE', TSTZRANGE: 'TSTZRANGE', REGCLASS: 'REGCLASS',
  Double: 'DOUBLE PRECISION', DOUBLE_PRECISION: 'DOUBLE PRECISION', REAL: 'REAL', XML: 'XML', LTREE: 'LTREE',
}; // biome-ignore format: a table reads better in few lines

/** On MySQL and MariaDB, where they differ. */
const mysql: Readonly<Record<string, string>> = {
  Boolean: 'BOOL', BOOLEAN: 'BOOL', Interval: 'DATETIME', LONGTEXT: 'LONGTEXT', MEDIUMTEXT: 'MEDIUMTEXT', TINYINT: 'TINYINT',
  LONGBLOB: 'LONGBLOB', MEDIUMBLOB: 'MEDIUMBLOB', Uuid: 'CHAR(32)', UUID: 'CHAR(32)', DOUBLE: 'DOUBLE',
}; // biome-ignore format: a table reads better in few lines

/** A type that a column is given, and the type of the server's own that has to be made for it. */
export interface SqlType {
  readonly sql: string;
  readonly enumeration?: { readonly name: string; readonly values: readonly string[] };
}

/** `sa.String(20)`, `sa.Integer`, `postgresql.ENUM(…)`. Source: SQLAlchemy 2.0, `PGTypeCompiler` and `MySQLTypeCompiler`. */
export function sqlType(value: CodeValue | undefined, text: SqlText): SqlType | undefined {
  if (value?.kind === 'opaque') {
    if (!/^[\w.]{1,100}$/.test(value.source)) return undefined;
    return typeOf(
      {
        kind: 'call',
        name: value.source,
        args: [],
        options: new Map(),
        hasMore: false,
        lines: { start: 1, end: 1 },
      },
      text,
    );
  }
  return value?.kind === 'call' ? typeOf(value, text) : undefined;
}

function typeOf(call: CodeCall, text: SqlText): SqlType {
  const name = lastName(call.name);
  // `sa.Integer().with_variant(…)` is the first type for every other database.
  if ((name === 'with_variant' || name === 'evaluates_none') && call.receiver)
    return sqlType(call.receiver, text) ?? { sql: 'TEXT' };
  const known = (text.isMysql ? mysql[name] : undefined) ?? plain[name];
  if (known !== undefined) return { sql: known };
  const length = numberOf(call.options.get('length') ?? call.args[0]);
  const isZoned = isTrue(call.options.get('timezone'));
  switch (name) {
    case 'String':
    case 'Unicode':
    case 'VARCHAR':
    case 'AutoString':
      return { sql: length === undefined ? 'VARCHAR' : `VARCHAR(${length})` };
    case 'CHAR':
    case 'NCHAR':
      return { sql: `CHAR(${length ?? 1})` };
    case 'DateTime':
    case 'TIMESTAMP':
    case 'DATETIME':
      if (text.isMysql) return { sql: name === 'TIMESTAMP' ? 'TIMESTAMP' : 'DATETIME' };
      return { sql: `TIMESTAMP ${isZoned ? 'WITH' : 'WITHOUT'} TIME ZONE` };
    case 'Time':
    case 'TIME':
      return { sql: text.isMysql ? 'TIME' : `TIME ${isZoned ? 'WITH' : 'WITHOUT'} TIME ZONE` };
    case 'Float':
    case 'FLOAT':
      return { sql: length === undefined ? 'FLOAT' : `FLOAT(${length})` };
    case 'Numeric':
    case 'NUMERIC':
    case 'DECIMAL': {
      const precision = numberOf(call.options.get('precision')) ?? length;
      const scale = numberOf(call.options.get('scale') ?? call.args[1]);
      return {
        sql:
          precision === undefined
            ? 'NUMERIC'
            : `NUMERIC(${precision}${scale === undefined ? '' : `, ${scale}`})`,
      };
    }
    case 'LargeBinary':
    case 'BYTEA':
    case 'BLOB':
    case 'Binary':
      return { sql: text.isMysql ? 'BLOB' : 'BYTEA' };
    case 'Uuid':
    case 'UUID':
    case 'GUID':
      return { sql: 'UUID' };
    case 'ARRAY': {
      const item = sqlType(call.args[0] ?? call.options.get('item_type'), text);
      return { sql: `${item?.sql ?? 'TEXT'}[]` };
    }
    case 'BIT':
      return { sql: length === undefined ? 'BIT' : `BIT(${length})` };
    case 'Vector':
    case 'VECTOR':
      return { sql: length === undefined ? 'VECTOR' : `VECTOR(${length})` };
    case 'Enum':
    case 'ENUM':
      return enumType(call, text);
    default:
      return { sql: text.name(name) };
  }
}

function enumType(call: CodeCall, text: SqlText): SqlType {
  const values = call.args.flatMap((value) => textOf(value) ?? []);
  const name = textOf(call.options.get('name'));
  if (text.isMysql) return { sql: `ENUM(${values.map(quoted).join(', ')})` };
  if (isFalse(call.options.get('native_enum')) || name === undefined) {
    const longest = values.reduce((most, { length }) => Math.max(most, length), 0);
    return { sql: longest === 0 ? 'VARCHAR' : `VARCHAR(${longest})` };
  }
  const isMade = isFalse(call.options.get('create_type'));
  return {
    sql: text.name(name),
    ...(isMade || values.length === 0 ? {} : { enumeration: { name, values } }),
  };
}

/** `server_default`: a text is a constant, `sa.text(…)` is SQL. */
export function serverDefault(value: CodeValue, text: SqlText): string | undefined {
  if (value.kind === 'call') {
    const name = lastName(value.name);
    const [first] = value.args;
    if (name === 'text' || name === 'literal_column') return textOf(first) ?? "'…'";
    if (/(?:^|\.)func\.\w+$/.test(value.name))
      return `${name}(${value.args.map((one) => text.value(one)).join(', ')})`;
    if (name === 'true' || name === 'false') return text.isMysql ? (name === 'true' ? '1' : '0') : name;
    if (name === 'Identity' || name === 'Computed' || name === 'Sequence') return undefined;
    return "'…'";
  }
  if (value.kind === 'text') return quoted(value.text);
  return value.kind === 'opaque' ? "'…'" : text.value(value);
}
