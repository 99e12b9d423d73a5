import type { Operation } from '../../../core/migration-facts.ts';

/** A node of node-sql-parser's tree. */
export type Node = Readonly<Record<string, unknown>>;

export function nodeAt(node: Node, key: string): Node {
  const value = node[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

export function nodesAt(node: Node, key: string): readonly Node[] {
  const value = node[key];
  return Array.isArray(value)
    ? value.filter((item): item is Node => typeof item === 'object' && item !== null)
    : [];
}

/** Empty where there is none. */
export function textIn(node: Node, key: string): string {
  const value = node[key];
  return typeof value === 'string' ? value : '';
}

/** The name, where an expression is a column and nothing else; a text in double quotes is one for SQLite. */
export function isJustColumn(expression: Node): string | undefined {
  const type = textIn(expression, 'type');
  if (type === 'column_ref')
    return textIn(expression, 'column') || textIn(nodeAt(nodeAt(expression, 'column'), 'expr'), 'value');
  return type === 'double_quote_string' ? textIn(expression, 'value') : undefined;
}

/**
 * How many rows a statement may touch, by its WHERE and the number of tables it is joined with: `chosen` when a constant,
 * a LIMIT or a list of values picks them; `unbounded` when only other rows or the emptiness of a column decide.
 */
export function reach(
  statement: Node,
  joined: number,
  doubleQuotes: 'text' | 'name',
): NonNullable<Operation['rows']> {
  const where = nodeAt(statement, 'where');
  const hasWhere = Object.keys(where).length > 0;
  if (nodesAt(nodeAt(statement, 'limit'), 'value').length > 0) return 'chosen';
  if ((!hasWhere || isAlwaysTrue(where)) && joined <= 0) return 'all';
  return hasWhere && picks(where, doubleQuotes, 0) ? 'chosen' : 'unbounded';
}

/** Conditions nested deeper are taken to pick nothing. Chosen by us. */
const depthLimit = 200;

function isAlwaysTrue(condition: Node): boolean {
  const type = textIn(condition, 'type');
  if (type === 'number') return condition.value !== 0;
  if (type === 'bool') return condition.value === true;
  const [left, right] = [nodeAt(condition, 'left'), nodeAt(condition, 'right')];
  const isLiteral = textIn(left, 'type') === 'number' || textIn(left, 'type') === 'single_quote_string';
  return type === 'binary_expr' && condition.operator === '=' && isLiteral && left.value === right.value;
}

/** Whether a condition holds for few rows only: all parts of an OR must, one part of an AND is enough. */
function picks(condition: Node, doubleQuotes: 'text' | 'name', depth: number): boolean {
  if (textIn(condition, 'type') !== 'binary_expr' || depth > depthLimit) return false;
  const [left, right] = [nodeAt(condition, 'left'), nodeAt(condition, 'right')];
  const inner = (part: Node) => picks(part, doubleQuotes, depth + 1);
  const isConstant = (part: Node) => !holds(part, doubleQuotes, 0);
  switch (textIn(condition, 'operator').toUpperCase()) {
    case 'AND':
    case '&&':
      return inner(left) || inner(right);
    case 'OR':
    case '||':
      return inner(left) && inner(right);
    case 'IN': {
      const select = nodesAt(right, 'value')
        .map((item) => nodeAt(item, 'ast'))
        .find((ast) => Object.keys(ast).length > 0);
      return select ? reach(select, nodesAt(select, 'from').length - 1, doubleQuotes) === 'chosen' : true;
    }
    case '=':
    case '<=>':
    case '<':
    case '>':
    case '<=':
    case '>=':
    case 'BETWEEN':
    case 'LIKE':
    case 'REGEXP':
    case 'RLIKE':
    case 'GLOB':
      return [left, right].some((side) => Object.keys(side).length > 0 && isConstant(side));
    default:
      return false;
  }
}

/** Whether a column or a query stands anywhere in an expression. */
function holds(expression: unknown, doubleQuotes: 'text' | 'name', depth: number): boolean {
  if (typeof expression !== 'object' || expression === null) return false;
  if (depth > depthLimit) return true;
  if (Array.isArray(expression)) return expression.some((item) => holds(item, doubleQuotes, depth + 1));
  const node = expression as Node;
  const type = textIn(node, 'type');
  if (type === 'column_ref' || 'ast' in node || (type === 'double_quote_string' && doubleQuotes === 'name'))
    return true;
  return Object.values(node).some((value) => holds(value, doubleQuotes, depth + 1));
}
