/** A migration that tries to be overlooked, or to break what reads it. `{table}` is a name of the case's own. */
export interface HostileSql {
  readonly title: string;
  readonly sql: string | Uint8Array;
  /** The file lies in a folder named after this database. */
  readonly database?: 'mysql' | 'sqlite';
  /** The index on `{table}` is found, on this line; of another database, what drops the table. */
  readonly foundAt?: number;
  /** What was not analysed, and why; nothing when absent. */
  readonly why?: readonly string[];
  /** The table's name as the finding has it, where it is not `{table}`. */
  readonly table?: string;
}

const index = 'CREATE INDEX i ON {table} (x);\n';
const readAs = ' (read as PostgreSQL: nothing here names the database)';
const on = (name: string) => `CREATE INDEX i ON "${name}" (x);\n`;

export const hostileSql: readonly HostileSql[] = [
  { title: 'a text that never ends', sql: `${index}SELECT 'never`, foundAt: 1, why: [`a quoted text that never ends${readAs}`] },
  { title: 'a name that never ends', sql: `${index}SELECT "never`, foundAt: 1, why: [`a quoted name that never ends${readAs}`] },
  { title: 'a dollar quote closed by another tag', sql: `${index}DO $x$ never $y$`, foundAt: 1, why: [`a dollar-quoted text that never ends${readAs}`] },
  { title: 'a comment that never ends', sql: `${index}/* never`, foundAt: 1, why: [`a comment that never ends${readAs}`] },
  { title: 'a nested comment closed once', sql: `${index}/* /* */ never`, foundAt: 1, why: [`a comment that never ends${readAs}`] },
  { title: 'a nested comment closed twice, with the statement behind it', sql: `/* /* a */ */ ${index}`, foundAt: 1 },
  { title: 'a comment mark inside a line comment', sql: `-- /*\n${index}-- */\n`, foundAt: 2 },
  { title: 'comment marks around the statement, all inside texts', sql: `SELECT '/*';\n${index}SELECT '*/';\n`, foundAt: 2 },
  { title: 'ten thousand nested comments', sql: `${'/*'.repeat(10_000)}${'*/'.repeat(10_000)}${index}`, foundAt: 1 },
  { title: 'a NUL byte', sql: `${index}\0`, why: ['the file holds a NUL byte, which PostgreSQL does not accept either'] },
  { title: 'UTF-16', sql: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(index, 'utf16le')]), why: ['the file is UTF-16; only UTF-8 is read'] },
  { title: 'a byte order mark', sql: `\ufeff${index}`, foundAt: 1 },
  { title: 'Latin-1 in a comment', sql: Buffer.from(`-- caf\xe9\n${index}`, 'latin1'), foundAt: 2 },
  { title: 'bytes that are no UTF-8 as a statement', sql: Buffer.concat([Buffer.from(index), Buffer.from([0xff, 0xfe, 0xc0])]), foundAt: 1, why: [`syntax error at or near "\ufffd\ufffd\ufffd"${readAs}`] },
  { title: 'a keyword with a homoglyph', sql: '\u0421REATE INDEX i ON {table} (x);\n', why: [`syntax error at or near "\u0421REATE"${readAs}`] },
  { title: 'a keyword with a full-width letter', sql: '\uff23REATE INDEX i ON {table} (x);\n', why: [`syntax error at or near "\uff23REATE"${readAs}`] },
  { title: 'a zero-width space inside the statement', sql: 'CREATE\u200b INDEX i ON {table} (x);\n', why: [`syntax error at or near "CREATE\u200b"${readAs}`] },
  { title: 'a no-break space instead of a space', sql: 'CREATE\u00a0INDEX i ON {table} (x);\n', why: [`syntax error at or near "CREATE INDEX"${readAs}`] },
  { title: 'Windows line ends', sql: `-- x\r\n${index.replace('\n', '\r\n')}`, foundAt: 2 },
  { title: 'a carriage return that ends a comment for the server', sql: '-- harmless\rCREATE INDEX i ON {table} (x);\n', foundAt: 1 },
  { title: 'a carriage return that ends the last comment', sql: 'SELECT 1;\n-- harmless\rCREATE INDEX i ON {table} (x)', foundAt: 2 },
  { title: 'a form feed between words', sql: 'CREATE\fINDEX\vi ON {table} (x);\n', foundAt: 1 },
  { title: 'a text with a backslash before its quote', sql: `SELECT '\\'; ${index}--'\n`, foundAt: 1 },
  { title: 'an escaped quote in a text that goes on in the next line', sql: `SELECT E'a'\n'\\''; ${index}--'\n`, foundAt: 2 },
  { title: 'letters of the name as escapes', sql: 'CREATE INDEX i ON U&"\\0041\\0042" (x);\n', foundAt: 1, table: 'AB' },
  { title: 'data of COPY before the statement', sql: `COPY t FROM stdin;\n1\nCREATE INDEX\n\\.\n${index}`, foundAt: 5, why: [`data behind COPY … FROM stdin, which only psql can load${readAs}`] },
  { title: 'a command of psql that runs a program', sql: `\\! touch pwned\n${index}`, foundAt: 2, why: [`a command of psql, not of the server${readAs}`] },
  { title: 'a command of psql that reads a file', sql: `\\i /etc/passwd\n${index}`, foundAt: 2, why: [`a command of psql, not of the server${readAs}`] },
  { title: 'a variable in place of the table', sql: 'CREATE INDEX i ON :{table} (x);\n', why: [`syntax error at or near ":"${readAs}`] },
  { title: 'a body of BEGIN ATOMIC that never ends', sql: `CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; ${index}`, why: [`syntax error at end of input${readAs}`] },
  { title: 'a parenthesis that never closes', sql: `SELECT (1; ${index}`, why: [`syntax error at or near ";"${readAs}`] },
  { title: 'a workflow command as the table', sql: on('::error::pwned ::set-output name=a::b'), foundAt: 1, table: '::error::pwned ::set-output name=a::b' },
  { title: 'an old workflow command as the table', sql: on('##[add-mask]x'), foundAt: 1, table: '##[add-mask]x' },
  { title: 'a line feed and a command in the table', sql: on('a\n::error::b'), foundAt: 1, table: 'a\n::error::b' },
  { title: 'Markdown as the table', sql: on('<img src=x> @acme/team fixes #1 [a](b)'), foundAt: 1, table: '<img src=x> @acme/team fixes #1 [a](b)' },
  { title: 'a backtick in the table', sql: on('a`b'), foundAt: 1, table: 'a`b' },
  { title: 'keys of the prototype as table and column', sql: 'ALTER TABLE "__proto__" ADD COLUMN "constructor" int;\nCREATE INDEX i ON "__proto__" ("constructor");\n', foundAt: 2, table: '__proto__' },
  { title: 'a name of 100,000 letters, cut as the server cuts it', sql: on('n'.repeat(100_000)), foundAt: 1, table: 'n'.repeat(63) },
  { title: 'half a million semicolons', sql: `${';'.repeat(500_000)}${index}`, foundAt: 1 },
  { title: 'a statement of two megabytes', sql: `SELECT '${'a'.repeat(2_000_000)}';\n${index}`, foundAt: 2, why: [`a statement of more than 1048576 characters${readAs}`] },
  { title: 'nothing but a comment', sql: '-- CREATE INDEX i ON {table} (x);\n' },
  { title: 'no byte at all', sql: '' },
]; // biome-ignore format: a case a line is a table

const drop = 'DROP TABLE {table};\n';

/** MySQL and SQLite, which have readers of their own. */
export const hostileDialects: readonly HostileSql[] = [
  { title: 'MySQL: a text that never ends', database: 'mysql', sql: `${drop}SELECT 'never`, foundAt: 1, why: ['a quoted text that never ends'] },
  { title: 'MySQL: a backslash that keeps the text open', database: 'mysql', sql: `SELECT '\\'; ${drop}-- '` },
  { title: 'MySQL: a comment that runs', database: 'mysql', sql: '/*!50003 DROP TABLE {table} */;\n', foundAt: 1 },
  { title: 'MySQL: a comment that runs and never ends', database: 'mysql', sql: `${drop}/*!50003 SELECT 1`, foundAt: 1, why: ['a comment that never ends'] },
  { title: 'MySQL: a statement between two comments that run', database: 'mysql', sql: '/*!50003 DROP */ /* x */ TABLE /*!50003 {table} */;\n', foundAt: 1 },
  { title: 'MySQL: a comment of PostgreSQL that is none here', database: 'mysql', sql: '/* /* */ DROP TABLE {table};\n', foundAt: 1 },
  { title: 'MySQL: minus signs that begin no comment', database: 'mysql', sql: 'SELECT 1--1; DROP TABLE {table};\n', foundAt: 1 },
  { title: 'MySQL: a hash that begins a comment', database: 'mysql', sql: `# ${drop}` },
  { title: 'MySQL: a delimiter that never comes', database: 'mysql', sql: `${drop}DELIMITER $$\nDROP TABLE x;\nDROP TABLE y;\n`, foundAt: 1, why: ['not understood at ";"'] },
  { title: 'MySQL: a delimiter of quotes is none', database: 'mysql', sql: `DELIMITER '\n${drop}`, why: ['a quoted text that never ends'] },
  { title: 'MySQL: a body that never ends', database: 'mysql', sql: `${drop}CREATE PROCEDURE p() BEGIN SELECT 1;\n${drop}`, foundAt: 1, why: ['a body of statements that never ends'] },
  { title: 'MySQL: a homoglyph', database: 'mysql', sql: '\u0421REATE TABLE {table} (x int);\n', why: ['not understood at "\u0421"'] },
  { title: 'MySQL: a backtick in the table', database: 'mysql', sql: 'DROP TABLE `a``b`;\n', foundAt: 1, table: 'a`b' },
  { title: 'MySQL: keys of the prototype', database: 'mysql', sql: 'ALTER TABLE __proto__ ADD constructor int;\nDROP TABLE __proto__;\n', foundAt: 2, table: '__proto__' },
  { title: 'MySQL: a workflow command as the table', database: 'mysql', sql: 'DROP TABLE `::error::pwned`;\n', foundAt: 1, table: '::error::pwned' },
  { title: 'MySQL: 20,000 parentheses', database: 'mysql', sql: `UPDATE x SET a = ${'('.repeat(20_000)}1${')'.repeat(20_000)} WHERE b;\n${drop}`, foundAt: 2, why: ['nested too deeply or too large for the parser'] },
  { title: 'MySQL: 20,000 times NOT', database: 'mysql', sql: `DELETE FROM x WHERE ${'NOT '.repeat(20_000)}y;\n${drop}`, foundAt: 2, why: ['a statement of more than 65536 characters'] },
  { title: 'MySQL: a table of 100,000 columns', database: 'mysql', sql: `CREATE TABLE x (${'a int,'.repeat(100_000)}b int);\n${drop}`, foundAt: 2, why: ['a statement of more than 262144 characters'] },
  { title: 'SQLite: a text that never ends', database: 'sqlite', sql: `${drop}SELECT 'never`, foundAt: 1, why: ['a quoted text that never ends'] },
  { title: 'SQLite: a name in brackets that never ends', database: 'sqlite', sql: `${drop}SELECT [never`, foundAt: 1, why: ['a quoted name that never ends'] },
  { title: 'SQLite: a backslash that escapes nothing', database: 'sqlite', sql: `SELECT '\\'; ${drop}--'`, foundAt: 1 },
  { title: 'SQLite: a rebuild of a table with itself', database: 'sqlite', sql: `CREATE TABLE {table} (a int); INSERT INTO {table} SELECT a FROM {table};\n` },
  { title: 'SQLite: a trigger whose body never ends', database: 'sqlite', sql: `${drop}CREATE TRIGGER t AFTER INSERT ON x BEGIN SELECT 1;\n${drop}`, foundAt: 1, why: ['a body of statements that never ends'] },
]; // biome-ignore format: a case a line is a table

/** Each is given a process of its own: it uses up what the others would need. */
export const exhaustingSql: readonly HostileSql[] = [
  { title: '100,000 parentheses', sql: `SELECT ${'('.repeat(100_000)}1${')'.repeat(100_000)};\n${index}`, foundAt: 2, why: [`memory exhausted at or near "("${readAs}`] },
  { title: '50,000 times NOT', sql: `SELECT ${'NOT '.repeat(50_000)}true;\n${index}`, foundAt: 2, why: [`memory exhausted at or near "NOT"${readAs}`] },
  { title: '9 MiB', sql: Buffer.alloc(9 * 1024 * 1024, 'SELECT 1;\n'), why: ['the file has 9 MiB; files over 8 MiB are not read'] },
]; // biome-ignore format: a case a line is a table
