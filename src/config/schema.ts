import { z } from 'zod';
import type { Rule } from '../core/rule.ts';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a day as YYYY-MM-DD is expected', abort: true })
  .refine(isInCalendar, 'the calendar has no such day');
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time as HH:MM is expected');
const level = z.enum(['off', 'notice', 'warning', 'failure']);
const instanceName = z
  .string()
  .regex(/^[a-z\d][a-z\d-]{0,39}$/, 'an `id` of 1 to 40 small letters, digits and hyphens is expected');
/** Numbers come as they are written, since `10.10` is no `10.1`; the schema for editors knows them as numbers. */
const serverVersion = z.union([
  z.number().min(5).max(99),
  z.string().regex(/^([5-9]|[1-9]\d)(\.\d{1,2}){0,2}$/, 'a version like 8.0 or 10.11.6 is expected'),
]);
const globs = z
  .array(
    z.string().regex(/^[^!]/, 'a path or a glob is expected, and none that begins with an exclamation mark'),
  )
  .max(200);

function isInCalendar(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** What `.github/review-vitals.yml` may say, made from the rules: their levels and thresholds cannot be misspelt. */
export function settingsSchema(rules: readonly Rule[]) {
  return z.strictObject({
    $schema: z.string().optional(),
    extends: z
      .union([z.string(), z.array(z.string()).max(10)])
      .optional()
      .describe(
        'Settings to start from: `owner/repo`, `owner/repo:path`, `owner/repo@ref`. What stands here wins; lists are replaced.',
      ),
    lang: z
      .literal('en')
      .optional()
      .describe('Language of everything that is written. English is the only one so far.'),
    comment: z
      .enum(['on-findings', 'always', 'never'])
      .optional()
      .describe('When to write comments. The check run is always written.'),
    'fail-on': z
      .enum(['never', 'notice', 'warning', 'failure'])
      .optional()
      .describe('Level at or above which a finding fails the job. Stands above the workflow’s input.'),
    rules: z
      .strictObject(Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule).optional()])))
      .optional()
      .describe('Each rule: its level, or its level and thresholds.'),
    modules: z
      .record(z.string(), globs)
      .optional()
      .describe('Parts of the repository by name, each with its paths.'),
    instances: z
      .record(instanceName, globs.min(1))
      .optional()
      .describe(
        'Several instances in one repository: the `id` of each, and the paths it looks after. What is about the pull request as a whole is told by the first whose paths the change touches. An instance without paths looks after everything.',
      ),
    ignore: globs.optional().describe('Paths that no rule looks at.'),
    postgres: z
      .int()
      .min(12)
      .max(30)
      .optional()
      .describe('Major version of the PostgreSQL server that migrations run on.'),
    mysql: serverVersion
      .optional()
      .describe('Version of the MySQL server that migrations run on (`8.0`, `8.4`, `8.0.35`).'),
    mariadb: serverVersion
      .optional()
      .describe('Version of the MariaDB server that migrations run on (`10.6`, `"11.4"`).'),
    bots: z
      .array(z.string().min(1))
      .max(200)
      .optional()
      .describe('Logins of machine accounts that do not call themselves bots.'),
    'approval-comments': z
      .array(z.string().min(1).max(40))
      .max(10)
      .optional()
      .describe('Comments that count as an approval, where a project approves that way ("ACK").'),
    sprint: z
      .strictObject({ start: day, days: z.int().min(5).max(60) })
      .optional()
      .describe('A first day of some sprint and how many days one has.'),
    'deploy-windows': z
      .array(
        z.strictObject({
          days: z.array(z.enum(['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'])).min(1),
          from: time,
          to: time,
        }),
      )
      .max(20)
      .optional()
      .describe('When changes reach production, UTC.'),
    waivers: z
      .array(
        z.strictObject({
          rule: z.enum(rules.map(({ id }) => id) as [string, ...string[]]),
          path: z.string().min(1).optional(),
          reason: z.string().min(10, 'a reason of at least ten characters is expected'),
          until: day,
        }),
      )
      .max(200)
      .optional()
      .describe('Findings that the team has decided to live with, each with its reason and last day.'),
  });
}

function ruleSchema(rule: Rule) {
  const thresholds = Object.entries(rule.thresholds).map(([name, { unit, meaning, fallback }]) => {
    const value = unit === 'ratio' ? z.number().min(0).max(1) : z.number().min(0);
    return [name, value.optional().describe(`${meaning} (${unit}; ${fallback} when not set)`)] as const;
  });
  return z
    .union([level, z.strictObject({ level: level.optional(), ...Object.fromEntries(thresholds) })])
    .describe(`${rule.question} (${rule.level} when not set)`);
}
