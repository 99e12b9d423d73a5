import type { GitHub } from './start-github.ts';

interface ClientAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests of the fake look into answers of every shape
  readonly body: any;
}

export interface Client {
  /** `rest('GET /repos/acme/shop')`. */
  rest(request: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<ClientAnswer>;
  graphql(query: string, variables?: object): Promise<ClientAnswer>;
}

/** The plainest client there is, for the fake's own tests; without a token it asks as nobody. */
export function clientOf(github: GitHub, token?: string): Client {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const send = async (url: string, init: RequestInit): Promise<ClientAnswer> => {
    const answer = await fetch(url, init);
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
    return {
      status: answer.status,
      headers: answer.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
  };
  return {
    rest: (request, body, headers = {}) => {
      const [method = '', path = ''] = request.split(' ');
      const url = path.startsWith('http') ? path : `${github.apiUrl}${path}`;
      return send(url, {
        method,
        headers: { ...authorization, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
    graphql: (query, variables = {}) =>
      send(github.graphqlUrl, {
        method: 'POST',
        headers: authorization,
        body: JSON.stringify({ query, variables }),
      }),
  };
}
