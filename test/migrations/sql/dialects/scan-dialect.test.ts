import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type LexicalRules,
  mariadbRules,
  mysqlRules,
  sqliteRules,
} from '../../../../src/migrations/sql/dialects/lexical-rules.ts';
import { scanDialect } from '../../../../src/migrations/sql/dialects/scan-dialect.ts';

function statements(text: string, rules: LexicalRules = mysqlRules): readonly string[] {
  return scanDialect(text, rules).statements.map(({ start, end }) => text.slice(start, end));
}

describe('MySQL: a statement ends at a semicolon that stands', () => {
  test.each([
    ['in no text, with its backslashes', "SELECT 'a\\'; b'; SELECT 2", ["SELECT 'a\\'; b'", 'SELECT 2']],
    ['in no text in double quotes', 'SELECT "a;\\"b"; SELECT 2', ['SELECT "a;\\"b"', 'SELECT 2']],
    ['in no name', 'SELECT `a;``b`; SELECT 2', ['SELECT `a;``b`', 'SELECT 2']],
    ['in no comment of a line', 'SELECT 1 # a; b\n; -- c; d\nSELECT 2', ['SELECT 1', 'SELECT 2']],
    ['in no comment of a block', 'SELECT 1 /* a; b */; SELECT 2', ['SELECT 1', 'SELECT 2']],
    ['behind two minus signs that subtract', 'SELECT 5--1; SELECT 2', ['SELECT 5--1', 'SELECT 2']],
  ])('%s', (_, text, expected) => {
    expect(statements(text)).toEqual(expected);
  });

  test('a comment that runs is a statement, with its marks', () => {
    expect(statements('/*!40101 SET NAMES utf8 */;\n/*!50003 DROP */ TABLE a;')).toEqual([
      '/*!40101 SET NAMES utf8 */',
      '/*!50003 DROP */ TABLE a',
    ]);
  });

  test('a comment for a version that no server has does not run', () => {
    expect(statements('/*!999999\\- enable the sandbox mode */;\nDROP TABLE a;')).toEqual(['DROP TABLE a']);
  });

  test("MariaDB's own comments run on MariaDB alone", () => {
    const text = '/*M!100100 DROP TABLE a */;';
    expect(statements(text, mariadbRules)).toEqual(['/*M!100100 DROP TABLE a */']);
    expect(statements(text, mysqlRules)).toEqual([]);
  });

  test('DELIMITER sets another mark, until it sets the semicolon again', () => {
    const text = 'DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\nDELIMITER ;\nDROP TABLE a;';
    expect(statements(text)).toEqual(['CREATE PROCEDURE p() BEGIN SELECT 1; END', 'DROP TABLE a']);
  });

  test('the mark may stand in the line behind DELIMITER', () => {
    expect(statements('DELIMITER\n$$\nSELECT 1; SELECT 2\n$$\nDELIMITER ;\nSELECT 3;')).toEqual([
      'SELECT 1; SELECT 2',
      'SELECT 3',
    ]);
  });

  test.each([
    'CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW BEGIN UPDATE b SET c = 1; END',
    'CREATE DEFINER=`root`@`%` TRIGGER t AFTER INSERT ON a FOR EACH ROW BEGIN IF new.x THEN SET @a = 1; END IF; END',
    'CREATE PROCEDURE p() BEGIN CASE x WHEN 1 THEN SELECT 1; END CASE; WHILE 1 DO SELECT 2; END WHILE; END',
    'CREATE FUNCTION f() RETURNS int BEGIN RETURN CASE WHEN 1 THEN 2 END; END',
    'BEGIN NOT ATOMIC SELECT 1; SELECT 2; END',
  ])('a body of statements is one: %s', (routine) => {
    expect(statements(`${routine};\nDROP TABLE a;`)).toEqual([routine, 'DROP TABLE a']);
  });

  test('BEGIN alone opens a transaction and no body', () => {
    expect(statements('BEGIN; DROP TABLE a; COMMIT; END;')).toEqual([
      'BEGIN',
      'DROP TABLE a',
      'COMMIT',
      'END',
    ]);
  });

  test('a table with a column named like a routine is no routine', () => {
    const text = 'CREATE TABLE a (event int, `begin` int); CREATE INDEX begin ON a (event); DROP TABLE b;';
    expect(statements(text)).toHaveLength(3);
  });
});

describe('SQLite: a statement ends at a semicolon that stands', () => {
  test.each([
    ['in no text, where a backslash is a letter', "SELECT 'a\\'; SELECT 2", ["SELECT 'a\\'", 'SELECT 2']],
    [
      'in no name of three kinds',
      'SELECT "a;", [b;], `c;`; SELECT 2',
      ['SELECT "a;", [b;], `c;`', 'SELECT 2'],
    ],
    ['behind a comment without a space', 'SELECT 1 --a; b\n; SELECT 2', ['SELECT 1', 'SELECT 2']],
    [
      'behind the body of a trigger',
      'CREATE TEMP TRIGGER IF NOT EXISTS t AFTER UPDATE ON a BEGIN UPDATE a SET b = CASE WHEN 1 THEN 2 END; END; DROP TABLE a',
      [
        'CREATE TEMP TRIGGER IF NOT EXISTS t AFTER UPDATE ON a BEGIN UPDATE a SET b = CASE WHEN 1 THEN 2 END; END',
        'DROP TABLE a',
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(statements(text, sqliteRules)).toEqual(expected);
  });
});

describe('what never ends is named once, and the statements before it stand', () => {
  test.each([
    ["SELECT 1; SELECT 'a; SELECT 2", 'a quoted text that never ends'],
    ['SELECT 1; SELECT `a; SELECT 2', 'a quoted name that never ends'],
    ['SELECT 1; /* SELECT 2', 'a comment that never ends'],
    ['SELECT 1; /*!40101 SELECT 2', 'a comment that never ends'],
  ])('%s', (text, why) => {
    const scanned = scanDialect(text, mysqlRules);
    expect(scanned.faults.map((fault) => fault.why)).toEqual([why]);
    expect(statements(text)[0]).toBe('SELECT 1');
  });
});

const pieces = fc.constantFrom(
  "'", '"', '`', '[', ']', ';', '\\', '--', '-- ', '#', '/*', '*/', '/*!40101', '/*M!', '\n', '\r', ' ', '(', ')', 'BEGIN',
  'END', 'CASE', 'IF', 'CREATE TRIGGER', 'DELIMITER //\n', '//', 'a', '1', '.', '😀', '\0',
); // biome-ignore format: a list reads better in few lines

test.each([
  ['MySQL', mysqlRules],
  ['MariaDB', mariadbRules],
  ['SQLite', sqliteRules],
])('%s: whatever the text, statements lie in it in order and do not overlap', (_, rules) => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      let at = 0;
      for (const { start, end } of scanDialect(text, rules).statements) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(end).toBeGreaterThan(start);
        at = end;
      }
      expect(at).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 300 },
  );
});
