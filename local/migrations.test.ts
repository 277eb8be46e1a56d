// Which migrations are pending, and how each runs. No SQL is executed.
import { describe, expect, test } from "vitest";
import { needsNoTransaction, pendingOf } from "./migrations.ts";

const first = {
  name: "20260101_first",
  file: "m/20260101_first/migration.sql",
  sql: "",
  checksum: "a",
};
const second = {
  name: "20260102_second",
  file: "m/20260102_second/migration.sql",
  sql: "",
  checksum: "b",
};
const appliedFirst = { name: first.name, checksum: "a", isFinished: true };

describe("pending migrations", () => {
  test("an applied one is not applied again, and the rest keep their order", () => {
    expect(pendingOf("users", [first, second], [])).toEqual([first, second]);
    expect(pendingOf("users", [first, second], [appliedFirst])).toEqual([second]);
  });

  test("an applied one that was edited is refused with its file name and advice", () => {
    const edited = { ...first, checksum: "changed" };
    expect(() => pendingOf("users", [edited], [appliedFirst])).toThrow(
      /20260101_first\/migration\.sql was edited.*new migration/s,
    );
  });

  test("one that failed half-way blocks all later ones", () => {
    const broken = { ...appliedFirst, isFinished: false };
    expect(() => pendingOf("users", [first, second], [broken])).toThrow(/first failed half-way/);
  });

  test("a database with newer migrations than this release is accepted", () => {
    const ahead = { name: "20270101_later", checksum: "z", isFinished: true };
    expect(pendingOf("users", [first], [appliedFirst, ahead])).toEqual([]);
  });
});

describe("transactions", () => {
  test.each([
    "CREATE UNIQUE INDEX CONCURRENTLY a ON b (c);",
    "-- why\n/* and\n how */\ndrop index concurrently a;",
    "REINDEX TABLE CONCURRENTLY a;",
    "VACUUM a;",
    "-- why\nCALL recount();",
  ])("%s runs alone", (sql) => {
    expect(needsNoTransaction(sql)).toBe(true);
  });

  test.each([
    "CREATE INDEX concurrently_read ON a (b);",
    "-- CREATE INDEX CONCURRENTLY is for later\nCREATE INDEX a ON b (c);",
    "CREATE TABLE vacuum_runs (id int);",
  ])("%s runs in a transaction", (sql) => {
    expect(needsNoTransaction(sql)).toBe(false);
  });
});
