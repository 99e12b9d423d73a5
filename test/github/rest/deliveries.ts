import { type Call, newestFirst, param, type Route } from '../http/route.ts';
import { type Delivery, Refusal } from '../state/model.ts';
import { appOf } from './apps.ts';

type Json = Record<string, unknown>;

const deliveries = '/app/hook/deliveries';

export const deliveryRoutes: readonly Route[] = [
  { operation: `GET ${deliveries}`, handle: list },
  {
    operation: `GET ${deliveries}/{delivery_id}`,
    handle: (call) => {
      const delivery = deliveryFor(call);
      return {
        status: 200,
        body: {
          ...itemJson(delivery),
          url: call.state.apps.get(delivery.appId)?.webhookUrl ?? '',
          request: { headers: delivery.headers, payload: JSON.parse(delivery.payload) as unknown },
          response: { headers: {}, payload: delivery.answer },
        },
      };
    },
  },
  {
    operation: `POST ${deliveries}/{delivery_id}/attempts`,
    handle: (call) => {
      call.state.redeliver(deliveryFor(call));
      return { status: 202, body: {} };
    },
  },
];

/** Newest first, by cursor: this list has no page numbers. */
function list(call: Call): { status: number; body: Json[]; headers: Record<string, string> } {
  const app = appOf(call);
  const { query } = call;
  const perPage = Math.min(100, Number(query.get('per_page') ?? 30));
  const after = query.get('cursor');
  const status = query.get('status');
  const found = newestFirst(call.state.deliveries)
    .filter((delivery) => delivery.appId === app.id)
    .filter((delivery) => after === null || delivery.id < Number(after.replace(/^v1_/, '')))
    .filter((delivery) => status === null || isSuccess(delivery) === (status === 'success'));
  const page = found.slice(0, perPage);
  const last = page.at(-1);
  const more = found.length > page.length && last !== undefined;
  const next = new URL(`${call.state.origin}/api/v3${deliveries}`);
  next.searchParams.set('per_page', String(perPage));
  if (more) next.searchParams.set('cursor', `v1_${last.id}`);
  if (status !== null) next.searchParams.set('status', status);
  return {
    status: 200,
    body: page.map(itemJson),
    headers: more ? { link: `<${next.href}>; rel="next"` } : {},
  };
}

function deliveryFor(call: Call): Delivery {
  const app = appOf(call);
  const found = call.state.deliveries.find(
    (one) => one.id === Number(param(call, 'delivery_id')) && one.appId === app.id,
  );
  if (found === undefined) throw new Refusal(404, 'Not Found');
  return found;
}

function isSuccess(delivery: Delivery): boolean {
  return delivery.statusCode >= 200 && delivery.statusCode < 400;
}

function itemJson(delivery: Delivery): Json {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: 0.1,
    status: isSuccess(delivery)
      ? 'OK'
      : delivery.statusCode === 0
        ? 'pending'
        : `Invalid HTTP Response: ${delivery.statusCode}`,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}
