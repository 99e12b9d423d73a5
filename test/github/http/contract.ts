import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface QueryParameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: { readonly type?: string };
}

export interface Operation {
  readonly query: readonly QueryParameter[];
  readonly body?: object;
  readonly bodyRequired?: boolean;
  readonly responses: Readonly<Record<string, object | null>>;
}

interface Extract {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly schemas: object;
}

const extract = JSON.parse(readFileSync(new URL('../schema/rest.json', import.meta.url), 'utf8')) as Extract;
const ajv = new Ajv2020({ strict: false, allErrors: true, inlineRefs: false, coerceTypes: false });
// The package is CommonJS: under NodeNext its types put the function one level down.
(formats as unknown as (ajv: Ajv2020) => void)(ajv);
ajv.addSchema({ $id: 'rest', schemas: extract.schemas });
const compiled = new Map<string, ValidateFunction>();

export function operationOf(name: string): Operation | undefined {
  return extract.operations[name];
}

export function operationNames(): readonly string[] {
  return Object.keys(extract.operations);
}

/** Keywords that GitHub itself answers with a 422 and its own words; the rest means that the caller's code is wrong. */
const refusals = new Set(['maxLength', 'minLength', 'maxItems', 'enum', 'oneOf', 'anyOf']);

export interface BodyProblem {
  readonly text: string;
  /** The field's path, in GitHub's way of writing. */
  readonly field: string;
  readonly keyword: string;
  readonly isContractViolation: boolean;
}

export function checkRequestBody(name: string, body: unknown): readonly BodyProblem[] {
  const schema = operationOf(name)?.body;
  if (schema === undefined) return [];
  return validate(`request ${name}`, schema, body).map((error) => ({
    text: describe(error),
    field: error.instancePath.slice(1).replaceAll('/', '.'),
    keyword: error.keyword,
    isContractViolation: !refusals.has(error.keyword),
  }));
}

export function checkQuery(name: string, query: URLSearchParams): readonly string[] {
  const known = operationOf(name)?.query ?? [];
  return [...query].flatMap(([key, value]) => {
    const parameter = known.find((one) => one.name === key);
    if (parameter === undefined) return [`query parameter ${key} does not exist`];
    const typed =
      parameter.schema.type === 'integer'
        ? Number(value)
        : parameter.schema.type === 'boolean'
          ? value === 'true'
          : value;
    return validate(`query ${name} ${key}`, parameter.schema, typed).map(
      (error) => `query parameter ${key}: ${describe(error)}`,
    );
  });
}

export function checkResponse(name: string, status: number, body: unknown): readonly string[] {
  const schema = operationOf(name)?.responses[String(status)];
  if (schema === undefined || schema === null) return [];
  return validate(`response ${name} ${status}`, schema, body).map(describe);
}

function validate(key: string, schema: object, value: unknown): readonly ErrorObject[] {
  let check = compiled.get(key);
  if (check === undefined) {
    check = ajv.compile(withRoot(schema));
    compiled.set(key, check);
  }
  return check(value) ? [] : (check.errors ?? []);
}

/** Points `#/schemas/…` at the extract. */
function withRoot(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/schemas/', '"rest#/schemas/')) as object;
}

function describe(error: ErrorObject): string {
  const extra =
    error.keyword === 'additionalProperties' ? ` (${String(error.params.additionalProperty)})` : '';
  return `${error.instancePath === '' ? '(root)' : error.instancePath} ${error.message ?? error.keyword}${extra}`;
}
