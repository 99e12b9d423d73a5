import type { IncomingMessage } from 'node:http';
import { Refusal } from '../state/model.ts';

const limit = 64 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new Refusal(413, 'Request entity too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The JSON object of a request; an empty body is an empty object. */
export function parseJson(bytes: Buffer): Record<string, unknown> {
  if (bytes.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(400, 'Body should be a JSON object');
  return value as Record<string, unknown>;
}
