import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rules } from '../src/rules.ts';
import { toneFaults } from './support/tone-faults.ts';

/** Every finding that a case expects is part of the catalogue of messages. */
const cases = fileURLToPath(new URL('cases', import.meta.url));
const findings = readdirSync(cases, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('expected.md'))
  .flatMap((path) =>
    readFileSync(join(cases, path), 'utf8')
      .split(/^## .*$/m)
      .slice(1)
      .map((text, index) => {
        const [observation = '', impact = '', action = ''] = text
          .replace(/```suggestion[\s\S]*/, '')
          .trim()
          .split('\n\n');
        return [`${path} ${index + 1}`, { observation, impact, action }] as const;
      }),
  );

describe('the words of findings', () => {
  it.each(findings)('%s', (_, finding) => {
    expect(toneFaults(finding)).toEqual([]);
  });
});

describe('the words of rule pages', () => {
  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s asks a question and blames nobody',
    (_, { question, docs }) => {
      expect(question).toMatch(/\?$/);
      expect(Object.values(docs).filter((text) => text.trim().length < 20)).toEqual([]);
      expect(
        Object.values(docs)
          .join(' ')
          .match(/\b(?:you|your|please|simply|obviously)\b|!/gi),
      ).toBeNull();
    },
  );
});
