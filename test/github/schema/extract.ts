/**
 * Makes `rest.json` from GitHub's official OpenAPI description: the operations of operations.ts, the schemas they
 * reach, without examples and prose. What is changed on the way: `nullable` becomes a `null` type (JSON Schema draft
 * 2020-12), parameters and bodies are inlined, and request bodies are closed (an object that lists its properties
 * accepts no others), since GitHub's own description leaves them open and a misspelt field would pass unseen. A few
 * answers are corrected (see `nullableInFact`).
 *
 * Usage: node extract.ts path/to/api.github.com.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { operations } from './operations.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const source = process.argv[2];
if (source === undefined) throw new Error('Usage: node extract.ts path/to/api.github.com.json');
const description = JSON.parse(readFileSync(source, 'utf8')) as JsonObject;

const prose = new Set(['example', 'examples', 'description', 'title', 'externalDocs', 'deprecated', 'x-github', 'x-multi-segment']);
const wanted = new Map<string, JsonObject>();

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(root: JsonObject, pointer: string): JsonObject {
  let here: Json | undefined = root;
  for (const key of pointer.replace(/^#\//, '').split('/')) here = isObject(here) ? here[key] : undefined;
  if (!isObject(here)) throw new Error(`No object at ${pointer} in ${source}.`);
  return here;
}

function resolve(value: Json | undefined): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  return typeof value.$ref === 'string' ? resolve(at(description, value.$ref)) : value;
}

/** A schema as JSON Schema 2020-12, its references pointing into `schemas` of the extract. */
function convert(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(convert);
  if (!isObject(schema)) return schema;
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.replace('#/components/schemas/', '');
    want(name);
    return { $ref: `#/schemas/${name}` };
  }
  const out: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && isObject(value)) {
      out.properties = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, convert(inner)]));
    } else if (key === 'enum' || key === 'required' || key === 'default' || key === 'const') out[key] = value;
    else if (!prose.has(key) && key !== 'nullable' && key !== 'discriminator') out[key] = convert(value);
  }
  return schema.nullable === true ? nullable(out) : out;
}

function nullable(schema: JsonObject): JsonObject {
  if (typeof schema.type === 'string') {
    const widened: JsonObject = { ...schema, type: [schema.type, 'null'] };
    if (Array.isArray(schema.enum)) widened.enum = [...schema.enum, null];
    return widened;
  }
  return { anyOf: [schema, { type: 'null' }] };
}

function want(name: string): void {
  if (wanted.has(name)) return;
  wanted.set(name, {});
  wanted.set(name, convert(at(description, `#/components/schemas/${name}`)) as JsonObject);
}

const combinators = ['oneOf', 'anyOf', 'allOf'];

/** Closes every object that lists its properties, except where it is only a branch beside such a list. */
function close(schema: Json, isBranch = false): Json {
  if (Array.isArray(schema)) return schema.map((inner) => close(inner));
  if (!isObject(schema)) return schema;
  const out: JsonObject = { ...schema };
  const lists = isObject(schema.properties);
  if (isObject(schema.properties)) {
    out.properties = Object.fromEntries(Object.entries(schema.properties).map(([k, v]) => [k, close(v)]));
    if (!isBranch && (schema.additionalProperties === undefined || schema.additionalProperties === true)) {
      out.additionalProperties = false;
    }
  }
  if (schema.items !== undefined) out.items = close(schema.items);
  for (const key of combinators) {
    const branches = schema[key];
    if (Array.isArray(branches)) out[key] = branches.map((branch) => close(branch, lists || isBranch));
  }
  return out;
}

function parameter(value: Json): JsonObject | undefined {
  const found = resolve(value);
  if (found === undefined || found.in !== 'query') return undefined;
  return { name: found.name ?? '', required: found.required === true, schema: convert(found.schema ?? {}) };
}

function inlineRefs(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(inlineRefs);
  if (!isObject(schema)) return schema;
  if (typeof schema.$ref === 'string') return inlineRefs(at(description, schema.$ref));
  return Object.fromEntries(Object.entries(schema).map(([k, v]) => [k, inlineRefs(v)]));
}

const extracted: JsonObject = {};
for (const operation of operations) {
  const [method = '', path = ''] = operation.split(' ');
  const found = at({ root: isObject(description.paths) ? (description.paths[path] ?? null) : null }, '#/root')[method.toLowerCase()];
  if (!isObject(found)) throw new Error(`${operation} is not in ${source}.`);
  const body = resolve(found.requestBody);
  const bodySchema = isObject(body?.content) ? resolve(body.content['application/json'])?.schema : undefined;
  const responses: JsonObject = {};
  for (const [status, response] of Object.entries(isObject(found.responses) ? found.responses : {})) {
    const content = resolve(response)?.content;
    const json = isObject(content) ? resolve(content['application/json'])?.schema : undefined;
    if (Number(status) < 300) responses[status] = json === undefined ? null : convert(json);
  }
  const query = (Array.isArray(found.parameters) ? found.parameters : []).flatMap((p) => parameter(p) ?? []);
  extracted[operation] = {
    query,
    ...(bodySchema === undefined
      ? {}
      : { body: close(convert(inlineRefs(bodySchema))), bodyRequired: body?.required === true }),
    responses,
  };
}

/** Where the description is stricter than GitHub: an outdated comment has no line and no position, and both are null then. */
const nullableInFact: Readonly<Record<string, readonly string[]>> = {
  'pull-request-review-comment': ['line', 'position'],
  'review-comment': ['line'],
};
for (const [name, fields] of Object.entries(nullableInFact)) {
  const properties = wanted.get(name)?.properties;
  for (const field of fields) {
    const schema = isObject(properties) ? properties[field] : undefined;
    if (!isObject(properties) || !isObject(schema)) throw new Error(`${name} has no ${field} any more.`);
    properties[field] = nullable(schema);
  }
}

// The list's own copy of an installation asks its account to be a user and an enterprise at once.
want('installation');
const installations = extracted['GET /app/installations'];
if (isObject(installations)) installations.responses = { 200: { type: 'array', items: { $ref: '#/schemas/installation' } } };

const schemas = Object.fromEntries([...wanted].sort(([a], [b]) => (a < b ? -1 : 1)));
const info = isObject(description.info) ? description.info : {};
const extract = { source: '@octokit/openapi 23.0.2, api.github.com.json', version: info.version ?? '', operations: extracted, schemas };
writeFileSync(new URL('rest.json', import.meta.url), `${JSON.stringify(extract)}\n`);
