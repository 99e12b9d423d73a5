import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { schema as published } from '@octokit/graphql-schema';
import { buildSchema, type ExecutionResult, type GraphQLSchema, graphql, parse, validate } from 'graphql';

/** GitHub's published schema. It declares one field twice, which a strict build refuses. */
export function gitHubSchema(): GraphQLSchema {
  return buildSchema(published.idl, { assumeValidSDL: true });
}

export function errorsOf(schema: GraphQLSchema, document: string): readonly string[] {
  return validate(schema, parse(document)).map(({ message }) => message);
}

/** A list in pages, as GitHub serves it; the cursor is the number of entries before it. */
export function connection(items: readonly unknown[]) {
  return ({ first, after }: { readonly first: number; readonly after?: string | null }) => {
    const start = Number(after ?? 0);
    const end = Math.min(start + first, items.length);
    return {
      totalCount: items.length,
      pageInfo: { hasNextPage: end < items.length, endCursor: String(end) },
      nodes: items.slice(start, end),
    };
  };
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export type Responder = (request: SeenRequest, n: number) => Reply | 'reset' | Promise<Reply>;

export interface TestServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** Answers every request with what `respond` says; `n` counts requests from 0. */
export async function startServer(respond: Responder): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const seen = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
    requests.push(seen);
    const reply = await respond(seen, requests.length - 1);
    if (reply === 'reset') {
      request.socket.destroy();
      return;
    }
    const isText = typeof reply.body === 'string';
    response.writeHead(reply.status, {
      'content-type': isText ? 'text/html' : 'application/json; charset=utf-8',
      ...reply.headers,
    });
    response.end(isText ? reply.body : JSON.stringify(reply.body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** Executes the query on the schema over plain data: a function is a resolver, a thrown error is a partial one. */
export async function execute(
  schema: GraphQLSchema,
  rootValue: unknown,
  body: string,
): Promise<ExecutionResult> {
  const { query, variables } = JSON.parse(body);
  return graphql({ schema, source: query, variableValues: variables, rootValue });
}
