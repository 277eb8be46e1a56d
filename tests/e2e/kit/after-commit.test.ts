// Guarantees about work behind a commit, with a real database.
import { afterAll, expect, test } from "vitest";
import { afterCommit, inTransaction, openDatabase } from "../../../kit/data/database.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { PrismaClient } from "../../../subgraphs/events/generated/prisma/client.ts";
import { stack } from "../../kit/stack.ts";

const log = createLog({ name: "after-commit-test", level: "error" });
const { database, close } = openDatabase(PrismaClient, stack().urls.databases.events ?? "", log);

afterAll(close);

test("work behind a commit runs once, after it", async () => {
  const order: string[] = [];
  await inTransaction(database, async (tx) => {
    afterCommit(tx, () => order.push("behind"));
    await tx.$queryRaw`/* test.first */ select 1`;
    order.push("in");
  });
  expect(order).toEqual(["in", "behind"]);
});

test("work behind a commit never runs after a rollback, of our own or of the database", async () => {
  const ran: string[] = [];
  const own = inTransaction(database, async (tx) => {
    afterCommit(tx, () => ran.push("own"));
    throw new Error("changed my mind");
  });
  await expect(own).rejects.toThrow("changed my mind");
  const theirs = inTransaction(database, async (tx) => {
    afterCommit(tx, () => ran.push("theirs"));
    await tx.$queryRaw`/* test.wrong */ select 1 / 0`;
  });
  await expect(theirs).rejects.toThrow();
  expect(ran).toEqual([]);
});

test("work behind a commit needs a transaction", () => {
  expect(() => afterCommit(database, () => {})).toThrow("needs a transaction");
});
