import { type CodeCall, type CodeValue, isTrue, lastName, numberOf } from '../code/code-value.ts';
import type { SqlText } from '../sql-text.ts';

const postgres: Readonly<Record<string, string>> = {
  AutoField: 'integer', BigAutoField: 'bigint', SmallAutoField: 'smallint', BigIntegerField: 'bigint', BinaryField: 'bytea',
  BooleanField: 'boolean', NullBooleanField: 'boolean', DateField: 'date', DateTimeField: 'timestamp with time zone',
  DurationField: 'interval', FloatField: 'double precision', IntegerField: 'integer', IPAddressField: 'inet',
  GenericIPAddressField: 'inet', JSONField: 'jsonb', PositiveBigIntegerField: 'bigint', PositiveIntegerField: 'integer',
  PositiveSmallIntegerField: 'smallint', SmallIntegerField: 'smallint', TextField: 'text', TimeField: 'time', UUIDField: 'uuid',
  HStoreField: 'hstore', CITextField: 'citext', CICharField: 'citext', CIEmailField: 'citext', SearchVectorField: 'tsvector',
  IntegerRangeField: 'int4range', BigIntegerRangeField: 'int8range', DecimalRangeField: 'numrange',
  DateTimeRangeField: 'tstzrange', DateRangeField: 'daterange', OrderWrt: 'integer', XMLField: 'text', MarkdownField: 'text',
  AutoCreatedField: 'timestamp with time zone', AutoLastModifiedField: 'timestamp with time zone',
  CreationDateTimeField: 'timestamp with time zone', ModificationDateTimeField: 'timestamp with time zone',
}; // biome-ignore format: a table reads better in few lines

const mysql: Readonly<Record<string, string>> = {
  AutoField: 'integer', BigAutoField: 'bigint', SmallAutoField: 'smallint', BigIntegerField: 'bigint', BinaryField: 'longblob',
  BooleanField: 'bool', NullBooleanField: 'bool', DateField: 'date', DateTimeField: 'datetime(6)', DurationField: 'bigint',
  FloatField: 'double precision', IntegerField: 'integer', IPAddressField: 'char(15)', GenericIPAddressField: 'char(39)',
  JSONField: 'json', PositiveBigIntegerField: 'bigint UNSIGNED', PositiveIntegerField: 'integer UNSIGNED',
  PositiveSmallIntegerField: 'smallint UNSIGNED', SmallIntegerField: 'smallint', TextField: 'longtext', TimeField: 'time(6)',
  UUIDField: 'char(32)', OrderWrt: 'integer',
}; // biome-ignore format: a table reads better in few lines

/** Lengths of fields whose class has one of its own. */
const lengths: Readonly<Record<string, number>> = {
  EmailField: 254, URLField: 200, SlugField: 50, FileField: 100, ImageField: 100, FilePathField: 100,
  CommaSeparatedIntegerField: 255, CountryField: 2, TimeZoneField: 63, ThumbnailerImageField: 100, PhoneNumberField: 128,
  ColorField: 25, CurrencyField: 3, AutoSlugField: 50,
}; // biome-ignore format: a table reads better in few lines

const geometries =
  /^(Point|LineString|Polygon|MultiPoint|MultiLineString|MultiPolygon|GeometryCollection|Geometry)Field$/;

/**
 * The type of a field's column, that of a key it refers to left out. A class of the application whose name ends in one
 * of Django's is taken for that. Source: Django 5.2, `django.db.backends.postgresql.base` and `mysql.base`.
 */
export function djangoType(field: CodeCall, text: SqlText): string {
  const kind = lastName(field.name);
  const known = (text.isMysql ? mysql : postgres)[kind];
  if (known !== undefined) return known;
  const length = numberOf(field.options.get('max_length')) ?? lengths[kind];
  if (kind === 'CharField' || lengths[kind] !== undefined)
    return length === undefined ? 'varchar' : `varchar(${length})`;
  if (kind === 'DecimalField' || kind === 'MoneyField') {
    return `numeric(${numberOf(field.options.get('max_digits')) ?? 10}, ${numberOf(field.options.get('decimal_places')) ?? 2})`;
  }
  const inner = field.options.get('base_field') ?? field.options.get('output_field') ?? field.args[0];
  if (kind === 'ArrayField') return inner?.kind === 'call' ? `${djangoType(inner, text)}[]` : 'text[]';
  if (kind === 'GeneratedField') return inner?.kind === 'call' ? djangoType(inner, text) : 'text';
  const shape = geometries.exec(kind)?.[1];
  if (shape !== undefined) {
    const plane = numberOf(field.options.get('srid')) ?? 4326;
    return isTrue(field.options.get('geography'))
      ? `geography(${shape.toUpperCase()},${plane})`
      : `geometry(${shape.toUpperCase()},${plane})`;
  }
  for (const ending of Object.keys(postgres)) {
    if (kind.endsWith(ending)) return (text.isMysql ? mysql : postgres)[ending] ?? 'text';
  }
  if (/(?:Char|Slug|File|Image|Email|URL)Field$/.test(kind) || length !== undefined)
    return `varchar(${length ?? 255})`;
  return text.name(kind);
}

export function isSerial(kind: string): boolean {
  return /AutoField$/.test(kind);
}

/** Fields that point at one row of another model. */
export function isForeignKey(kind: string): boolean {
  return /(?:ForeignKey|OneToOneField)$/.test(kind) && kind !== 'GenericForeignKey';
}

export function isManyToMany(kind: string): boolean {
  return /ManyToManyField$|TaggableManager$/.test(kind);
}

/** What rows get while the column is added, as a constant; undefined where they get nothing. */
export function fallbackOf(field: CodeCall, isNullable: boolean, text: SqlText): string | undefined {
  const kind = lastName(field.name);
  const given = field.options.get('default');
  if (given !== undefined && given.kind !== 'none') return constantOf(given, text);
  if (isNullable) return undefined;
  if (isTrue(field.options.get('auto_now')) || isTrue(field.options.get('auto_now_add'))) return "'…'";
  const isText = /(?:Char|Text|Slug|Email|URL|File|Image|FilePath)Field$/.test(kind);
  return isTrue(field.options.get('blank')) && isText ? "''" : undefined;
}

/** A function is called once, before the statement: the server sees a constant. */
function constantOf(value: CodeValue, text: SqlText): string {
  return value.kind === 'lambda' ? "'…'" : text.value(value);
}
