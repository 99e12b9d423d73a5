import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from 'graphql';

/** The nodes a query could return, by GitHub's documented formula: the product of `first`/`last` down each path. */
export function nodeCount(document: DocumentNode, variables: Readonly<Record<string, unknown>>): number {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition.selectionSet] as const]
        : [],
    ),
  );
  const sizeOf = (field: FieldNode): number => {
    for (const { name, value } of field.arguments ?? []) {
      if (name.value !== 'first' && name.value !== 'last') continue;
      if (value.kind === Kind.INT) return Number(value.value);
      if (value.kind === Kind.VARIABLE && typeof variables[value.name.value] === 'number')
        return Number(variables[value.name.value]);
    }
    return 0;
  };
  const count = (set: SelectionSetNode | undefined, parents: number): number => {
    let total = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const size = sizeOf(selection);
        total += size * parents + count(selection.selectionSet, size === 0 ? parents : parents * size);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) total += count(selection.selectionSet, parents);
      else total += count(fragments.get(selection.name.value), parents);
    }
    return total;
  };
  return document.definitions.reduce(
    (total, definition) =>
      total + (definition.kind === Kind.OPERATION_DEFINITION ? count(definition.selectionSet, 1) : 0),
    0,
  );
}
