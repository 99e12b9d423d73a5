import { expect, it } from 'vitest';
import { detectMigration } from '../../../src/migrations/detect/detect-migration.ts';

// A name may hold any byte but a slash; `.` in a pattern stops at a line break and would hide such a file.
it.each([
  'db/migrations/0002_a\nb.sql',
  'db/migration/V2__a\nb.sql',
  'db/migration/R__a\nb.sql',
  'migrations/0002_a\n::error::b.up.sql',
  'prisma/migrations/20240101000000_a\nb/migration.sql',
])('a line break in its name hides no migration: %j', (path) => {
  expect(detectMigration({ path, text: 'CREATE INDEX a ON b (c);\n', companions: new Map() })).toBeDefined();
});
