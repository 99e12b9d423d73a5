import { expect, test } from 'vitest';
import { prismaSchemaStatements } from '../../../src/migrations/orm/prisma/read-prisma-schema.ts';
import { schemaAfter } from '../schema-after.ts';

const source = `generator client {
  provider = "prisma-client-js"
}

datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

enum Role {
  ADMIN
  READER @map("reader")

  @@map("roles")
}

/// Somebody who signs in
model User {
  id        String    @id @default(cuid())
  email     String    @unique @db.VarChar(320) // how they sign in
  number    Int       @default(autoincrement())
  role      Role?
  tags      String[]
  balance   Decimal   @db.Decimal(12, 2)
  createdAt DateTime  @default(now()) @map("created_at") @db.Timestamptz(6)
  orders    Order[]
  place     Unsupported("geometry(Point)")?

  @@index([role, createdAt(sort: Desc)])
  @@map("users")
}

model Order {
  userId String
  day    DateTime @db.Date
  user   User     @relation(fields: [userId], references: [id])

  @@id([userId, day])
  @@unique([day, userId], map: "orders_by_day")
}
`;

test('models are tables, with Prisma’s names and types', () => {
  expect(prismaSchemaStatements(source)).toEqual([
    `CREATE TYPE "roles" AS ENUM ('ADMIN', 'reader')`,
    'CREATE TABLE "users" ("id" text NOT NULL, "email" varchar(320) NOT NULL, "number" serial NOT NULL, "role" "roles", "tags" text[], ' +
      '"balance" decimal(12, 2) NOT NULL, "created_at" timestamptz(6) NOT NULL, "place" geometry(Point), CONSTRAINT "users_pkey" PRIMARY KEY ("id"))',
    'CREATE UNIQUE INDEX "users_email_key" ON "users" ("email")',
    'CREATE INDEX "users_role_created_at_idx" ON "users" ("role", "created_at")',
    'CREATE TABLE "Order" ("userId" text NOT NULL, "day" date NOT NULL, CONSTRAINT "Order_pkey" PRIMARY KEY ("userId", "day"))',
    'CREATE UNIQUE INDEX "orders_by_day" ON "Order" ("day", "userId")',
  ]);
});

test('PostgreSQL understands every one of them', () => {
  const schema = schemaAfter(prismaSchemaStatements(source).join(';\n'));
  expect([...schema.tables.keys()]).toEqual(['users', 'Order']);
  expect(schema.tables.get('users')?.columns.get('email')).toEqual({
    name: 'varchar',
    modifiers: [320],
    isArray: false,
  });
});

test('a text that is no schema describes no table', () => {
  expect(prismaSchemaStatements('model {\n\nmodel A\n{ enum }')).toEqual([]);
});
