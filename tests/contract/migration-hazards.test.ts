// Guarantees about migrations while the previous release still runs: none blocks its writes or
// removes names that it uses, unless gates.json has a reason.
import { describe, expect, it } from "vitest";
import { subgraphNames } from "#kit/service/sdl";
import { migrationsIn } from "../../local/migrations.ts";
import { migrationsFolder } from "../../local/project.ts";
import { gates } from "./gates.ts";
import { hazardsOf } from "./migration-hazards.ts";

const allowed = gates.migrationHazards;
const migrations = subgraphNames().flatMap((subgraph) =>
  migrationsIn(migrationsFolder(subgraph)).map(({ name, sql }) => ({
    path: `${subgraph}/${name}`,
    sql,
  })),
);

describe("the migrations", () => {
  it.each(migrations)("$path has no hazard that was not reviewed", async ({ path, sql }) => {
    expect(await hazardsOf(sql)).toEqual(allowed[path]?.hazards ?? []);
  });

  it("that gates.json names exist", () => {
    const known = new Set(migrations.map(({ path }) => path));
    expect(Object.keys(allowed).filter((path) => !known.has(path))).toEqual([]);
  });
});

describe("a hazard is found in", () => {
  it.each([
    ["an index", "create index a_idx on a (b)"],
    ["a dropped index", "drop index a_idx"],
    ["a column that old inserts do not set", "alter table a add column b int not null"],
    ["a default for each row", "alter table a add column b uuid default gen_random_uuid()"],
    ["a computed column", "alter table a add column b int generated always as (c + 1) stored"],
    ["another type", "alter table a alter column b type bigint"],
    ["NOT NULL", "alter table a alter column b set not null"],
    ["a dropped column", "alter table a drop column b"],
    ["a check", "alter table a add constraint a_check check (b > 0)"],
    ["a foreign key in a column", "alter table a add column b int references c (id)"],
    ["a unique constraint", "alter table a add constraint a_key unique (b)"],
    ["a dropped table", "drop table a"],
    ["a new name of a table", "alter table a rename to b"],
    ["a new name of a column", "alter table a rename column b to c"],
    ["an update", "update a set b = 1"],
    ["deleted rows", "delete from a where b"],
    ["a lock", "lock table a"],
  ])("%s", async (_, sql) => {
    expect(await hazardsOf(sql)).toHaveLength(1);
  });

  it.each([
    ["a table of its own", "create table a (b int); create index a_idx on a (b)"],
    ["a column", "alter table a add column b int"],
    ["a column with a constant", "alter table a add column b int not null default 0"],
    [
      "a column with the time of the migration",
      "alter table a add column b timestamptz default now()",
    ],
    ["an index that does not block writes", "create index concurrently a_idx on a (b)"],
    ["a constraint for new rows", "alter table a add constraint c check (b > 0) not valid"],
    ["its validation", "alter table a validate constraint c"],
    ["a constraint with its index", "alter table a add constraint c unique using index a_idx"],
    ["a default", "alter table a alter column b set default 1"],
  ])("and none in %s", async (_, sql) => {
    expect(await hazardsOf(sql)).toEqual([]);
  });
});
