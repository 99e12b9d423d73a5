import type { Scenario } from '../../test/github/start-github.ts';

const tax = `/** Value added tax contained in a gross amount, in cents. */
export function taxIn(grossCents, rate) {
  if (rate < 0) throw new RangeError('a tax rate is not negative');
  return Math.round((grossCents * rate) / (1 + rate));
}
`;

const taxTest = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taxIn } from './tax.js';

test('19 percent in 119 euros are 19 euros', () => assert.equal(taxIn(11900, 0.19), 1900));
test('a negative rate is refused', () => assert.throws(() => taxIn(100, -1), RangeError));
`;

const licence = `// Refunds follow the shop's terms, section 8.
//
// 8.1 A whole order can be sent back within 30 days.
// 8.2 Postage is refunded when everything is sent back.
// 8.3 Vouchers are refunded as vouchers.
// 8.4 A part of an order can be sent back once.
// 8.5 Money goes back the way it came.
//
// All amounts are in cents.

`;

const refundHead = `import { taxIn } from './tax.js';

`;

const wholeRefund = `/** Refund of a whole order: everything, tax included. */
export function refund(order) {
  if (order.refunded) throw new Error('the order was refunded already');
  return { cents: order.totalCents, taxCents: taxIn(order.totalCents, order.taxRate) };
}
`;

const partialRefund = `
/** Refund of some lines of an order. Vouchers are shared out over all lines. */
export function refundPart(order, lineIds) {
  if (order.refunded) throw new Error('the order was refunded already');
  const lines = order.lines.filter((line) => lineIds.includes(line.id));
  if (lines.length === 0) throw new Error('no line of the order was named');
  const cents = lines.reduce((sum, line) => sum + line.cents, 0);
  const voucher = voucherShare(order, cents);
  if (voucher > cents) {
    // The voucher was worth more than what is sent back.
    const rest = voucher - cents;
    order.voucherCents -= rest;
    return { cents: 0, taxCents: 0, voucherCents: rest };
  }
  const paid = cents - voucher;
  return { cents: paid, taxCents: taxIn(paid, order.taxRate), voucherCents: voucher };
}

function voucherShare(order, cents) {
  if (!order.voucherCents) return 0;
  const share = (order.voucherCents * cents) / order.totalCents;
  return Math.floor(share);
}
`;

const lastPart = `
/** The last part takes what rounding left over, so that the parts add up to the order. */
export function lastPart(order, parts) {
  const refunded = parts.reduce((sum, part) => sum + part.cents, 0);
  const rest = order.totalCents - refunded;
  if (rest < 0) {
    throw new Error('more was refunded than was paid');
  }
  order.refunded = true;
  return { cents: rest, taxCents: taxIn(rest, order.taxRate) };
}
`;

const refundTest = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as refunds from './refund.js';

const order = () => ({ totalCents: 11900, taxRate: 0.19, lines: [{ id: 1, cents: 11900 }] });

test('a whole order comes back with its tax', () => {
  assert.deepEqual(refunds.refund(order()), { cents: 11900, taxCents: 1900 });
});
test('an order is refunded once', () => {
  assert.throws(() => refunds.refund({ ...order(), refunded: true }));
});
`;

/**
 * A small shop with one pull request: refunds in parts, and a migration that comes along. It was approved, then changed;
 * meanwhile the base branch gained lines above the changed ones, so the tested merge commit and the head number their
 * lines differently.
 */
const partialRefundTest = `
test('one of two lines comes back', () => {
  const two = { totalCents: 3000, taxRate: 0.19, lines: [{ id: 1, cents: 1000 }, { id: 2, cents: 2000 }] };
  assert.deepEqual(refunds.refundPart(two, [1]), { cents: 1000, taxCents: 160, voucherCents: 0 });
});
`;

export const scenario: Scenario = {
  now: '2026-11-16T09:00:00Z',
  users: { ada: {}, mira: {}, 'dependabot[bot]': { type: 'Bot' } },
  tokens: {
    // What `permissions: { contents: read, pull-requests: write, checks: write }` gives a job.
    ghs_demo0000000000000000000000000000000000: {
      permissions: { contents: 'read', pull_requests: 'write', checks: 'write', issues: 'none' },
    },
  },
  repositories: [
    {
      name: 'acme/shop',
      collaborators: { ada: 'write', mira: 'write' },
      git: [
        {
          commit: 'Sell things',
          by: 'ada',
          files: {
            'README.md': '# Shop\n',
            'package.json': '{ "name": "shop", "private": true, "type": "module" }\n',
            '.github/pull_request_template.md': '## What\n\n## How it was tested\n\n- [ ] I ran the tests\n',
            'db/migrations/0001_orders.sql':
              '-- Orders were kept in a file; two shops can only share them in a database.\nCREATE TABLE orders (\n  id bigint PRIMARY KEY,\n  status text NOT NULL,\n  total_cents bigint NOT NULL\n);\n',
            'src/billing/tax.js': tax,
            'src/billing/tax.test.js': taxTest,
            'src/billing/refund.js': `${refundHead}${wholeRefund}`,
            'src/billing/refund.test.js': refundTest,
          },
        },
      ],
      pullRequests: [
        {
          number: 7,
          title: 'Refund an order in parts',
          author: 'ada',
          authorAssociation: 'MEMBER',
          head: 'partial-refunds',
          base: 'main',
          body: '## What\n\nCustomers who send back one of three things get that part of the money back.\n\n## How it was tested\n\n- [x] I ran the tests\n',
          commits: [
            {
              commit: 'Refund an order in parts',
              by: 'ada',
              files: {
                'src/billing/refund.js': `${refundHead}${wholeRefund}${partialRefund}`,
                'src/billing/refund.test.js': `${refundTest}${partialRefundTest}`,
              },
            },
            {
              commit: 'Add the status index',
              by: 'ada',
              files: {
                'db/migrations/0142_orders_status.sql':
                  'CREATE INDEX orders_status_idx ON orders (status);\n',
              },
            },
          ],
          reviews: [{ by: 'mira', state: 'APPROVED', body: 'Reads well.' }],
        },
      ],
    },
  ],
};

/** What happens after the approval: a push to the pull request, and one to its base. */
export const afterwards: Scenario = {
  repositories: [
    {
      name: 'acme/shop',
      git: [
        {
          commit: 'Say where refunds are described',
          branch: 'main',
          by: 'mira',
          files: { 'src/billing/refund.js': `${licence}${refundHead}${wholeRefund}` },
        },
      ],
      pullRequests: [
        {
          number: 7,
          pushes: [
            {
              by: 'ada',
              commits: [
                {
                  commit: 'Give the rounding difference to the last part',
                  by: 'ada',
                  files: {
                    'src/billing/refund.js': `${refundHead}${wholeRefund}${partialRefund}${lastPart}`,
                  },
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};
