/** What a renamed table or view is called afterwards: it stays in the schema that the statement names. */
export function newNameOf({ table, name = '' }: { readonly table: string; readonly name?: string }): string {
  return table.slice(0, table.lastIndexOf('.') + 1) + name;
}
