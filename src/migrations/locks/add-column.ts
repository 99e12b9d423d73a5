import { columnType, isBuiltIn, isSerial, volatilityOf } from '../sql/column-type.ts';
import type { TreeNode } from '../sql/parse-tree.ts';
import type { KnownSchema } from '../sql/schema.ts';
import { child, children, tableName, textAt } from '../sql/tree-access.ts';
import { both, type Effect, effectOf, either } from './effect.ts';
import { alsoLock, type OperationDraft } from './operation-draft.ts';

/** ADD COLUMN: an instant, unless its type, default or constraints make PostgreSQL visit the rows that exist. */
export function addColumnOperation(column: TreeNode, table: string, schema: KnownSchema): OperationDraft {
  const constraints = children(column, 'constraints').map((item) => child(item, 'Constraint'));
  const find = (kind: string) => constraints.find((constraint) => textAt(constraint, 'contype') === kind);
  const type = columnType(child(column, 'typeName'));
  const defaultTo = find('CONSTR_DEFAULT');
  const reference = find('CONSTR_FOREIGN');
  const generated = find('CONSTR_GENERATED');
  const isFilled = isSerial(type) || find('CONSTR_IDENTITY') !== undefined || generated !== undefined;
  const hasValue = isFilled || (defaultTo !== undefined && !isNull(defaultTo));

  let effect = ofType();
  const add = (more: Effect) => {
    effect = both(effect, more);
  };
  if (isSerial(type)) add(effectOf('add_column_serial'));
  if (find('CONSTR_IDENTITY')) add(effectOf('add_column_identity'));
  if (generated) {
    const isVirtual = textAt(generated, 'generated_kind') === 'v';
    add(effectOf(isVirtual ? 'add_column_generated_virtual' : 'add_column_generated_stored'));
  }
  if (defaultTo) add(ofDefault(defaultTo));
  if (find('CONSTR_CHECK')) add(effectOf('add_column_inline_check'));
  if (find('CONSTR_UNIQUE') || find('CONSTR_PRIMARY')) add(effectOf('add_column_inline_unique'));
  if (find('CONSTR_EXCLUSION')) add(effectOf('add_exclusion'));
  const isRequired = find('CONSTR_NOTNULL') !== undefined || find('CONSTR_PRIMARY') !== undefined;
  if (isRequired && !hasValue) add(effectOf('add_column_notnull_no_default'));
  if (reference)
    add(effectOf(hasValue ? 'add_column_inline_references_default' : 'add_column_inline_references'));
  return {
    kind: isRequired && !hasValue ? 'add-required-column' : 'add-column',
    table,
    column: textAt(column, 'colname'),
    effect,
    ...(reference ? alsoLock(tableName(child(reference, 'pktable')), 'SHARE ROW EXCLUSIVE', table) : {}),
  };

  function ofType(): Effect {
    const plain = effectOf('add_column_nullable');
    if (isBuiltIn(type) || type.isArray) return plain;
    const own = schema.types.get(type.name);
    if (!own) return either(plain, effectOf('add_column_domain_with_check'));
    return own.hasCheck ? effectOf('add_column_domain_with_check') : plain;
  }

  function ofDefault(constraint: TreeNode): Effect {
    const volatility = volatilityOf(child(constraint, 'raw_expr'), schema.functions);
    const steady = effectOf('add_column_stable_default_now');
    const computed = effectOf('add_column_volatile_default_random');
    if (volatility === 'unknown') return either(steady, computed);
    return volatility === 'volatile' ? computed : steady;
  }
}

function isNull(constraint: TreeNode): boolean {
  return child(child(constraint, 'raw_expr'), 'A_Const').isnull === true;
}
