import type { Operation } from '../../core/migration-facts.ts';
import type { TreeNode } from '../sql/parse-tree.ts';
import { child, children, isNode, some, tagOf, textAt } from '../sql/tree-access.ts';

/**
 * How many rows a statement may touch, by its WHERE and the relations it is joined with: `chosen` when a constant, a
 * LIMIT or a list of values picks them; `unbounded` when only other rows or the emptiness of a column decide.
 */
export function reachOf(statement: TreeNode, joined: readonly TreeNode[]): NonNullable<Operation['rows']> {
  const where = child(statement, 'whereClause');
  if (isNode(statement.limitCount)) return 'chosen';
  if ((!isNode(statement.whereClause) || isAlwaysTrue(where)) && joined.length === 0) return 'all';
  return picks(where) || joined.some(isListOfValues) ? 'chosen' : 'unbounded';
}

function isAlwaysTrue(condition: TreeNode): boolean {
  const constant = child(condition, 'A_Const');
  if (child(constant, 'boolval').boolval === true) return true;
  const comparison = child(condition, 'A_Expr');
  const sides = [child(comparison, 'lexpr'), child(comparison, 'rexpr')].map((side) =>
    child(side, 'A_Const'),
  );
  return (
    textAt(comparison, 'kind') === 'AEXPR_OP' &&
    operatorOf(comparison) === '=' &&
    sides.every((side) => isNode(side.ival)) &&
    sides.every((side) => child(side, 'ival').ival === child(sides[0] ?? {}, 'ival').ival)
  );
}

/** Whether a condition holds for few rows only: all parts of an OR must, one part of an AND is enough. */
function picks(condition: TreeNode): boolean {
  const parts = child(condition, 'BoolExpr');
  switch (textAt(parts, 'boolop')) {
    case 'AND_EXPR':
      return children(parts, 'args').some(picks);
    case 'OR_EXPR':
      return children(parts, 'args').every(picks);
    case 'NOT_EXPR':
      return false;
  }
  const comparison = child(condition, 'A_Expr');
  if (tagOf(condition) === 'SubLink' || textAt(comparison, 'kind') === 'AEXPR_IN') {
    const rows = child(child(condition, 'SubLink'), 'subselect');
    return tagOf(condition) === 'A_Expr' || isBounded(rows);
  }
  const isEqual =
    operatorOf(comparison) === '=' || /^AEXPR_(BETWEEN|LIKE|ILIKE|OP_ANY)$/.test(textAt(comparison, 'kind'));
  const isRange = /^[<>]=?$/.test(operatorOf(comparison));
  if (!isEqual && !isRange) return false;
  return [child(comparison, 'lexpr'), child(comparison, 'rexpr')].some(isConstant);
}

/** A constant, a parameter, or what is computed from those alone. */
function isConstant(expression: TreeNode): boolean {
  return tagOf(expression) !== '' && !some(expression, (tag) => tag === 'ColumnRef' || tag === 'SubLink');
}

function isBounded(subselect: TreeNode): boolean {
  const select = child(subselect, 'SelectStmt');
  return (
    isNode(select.limitCount) ||
    children(select, 'valuesLists').length > 0 ||
    picks(child(select, 'whereClause'))
  );
}

function isListOfValues(source: TreeNode): boolean {
  const select = child(child(child(source, 'RangeSubselect'), 'subquery'), 'SelectStmt');
  return children(select, 'valuesLists').length > 0 || isNode(select.limitCount);
}

function operatorOf(comparison: TreeNode): string {
  return children(comparison, 'name')
    .map((item) => textAt(child(item, 'String'), 'sval'))
    .join('.');
}
