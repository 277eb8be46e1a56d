// Accounts that never confirmed their address: they are erased after seven days, and no sooner. An
// address that many confirm at once has one owner, without violating a constraint.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import { cleaningOfAddresses } from "../../../subgraphs/users/accounts/addresses/jobs.ts";
import { ownClaimed } from "../../../subgraphs/users/accounts/owning.ts";
import { signUp } from "../../../subgraphs/users/accounts/sign-up/actions.ts";
import { editing } from "../../kit/edited-sql.ts";
import { openUsers, PASSWORD, type Users } from "./harness.ts";

const DAY_MS = 86_400_000;

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());

async function claim(email: string): Promise<string> {
  const outcome = await signUp(users.context(), { email, password: PASSWORD, displayName: "Ada" });
  if (outcome.kind !== "signedIn") throw new Error(outcome.kind);
  return outcome.userId;
}

const own = (personId: string, database = users.database) =>
  inTransaction(database, (tx) => ownClaimed(tx, personId, new Date()));

async function standingsAfter(days: number, setting: "required" | "off" = "required") {
  const clock = () => new Date(Date.now() + days * DAY_MS);
  await cleaningOfAddresses(users.database, setting, clock).run(new AbortController().signal);
  const rows = await users.sql<{ id: string; standing: string }>("select id, standing from person");
  return new Map(rows.map(({ id, standing }) => [id, standing]));
}

test("an account that never confirmed its address ends after seven days, and no other", async () => {
  const [kept, abandoned] = [await claim("kept@x.test"), await claim("abandoned@x.test")];
  expect(await own(kept)).toBe("owns");
  expect((await standingsAfter(6.9)).get(abandoned)).toBe("UNVERIFIED");
  expect((await standingsAfter(7.1, "off")).get(abandoned)).toBe("UNVERIFIED");
  const standings = await standingsAfter(7.1);
  expect(standings.get(abandoned)).toBe("LEAVING");
  expect(standings.get(kept)).toBe("ACTIVE");
  const jobs = await users.sql("select from job where kind = 'leaving.erase'");
  expect(jobs).toHaveLength(1);
  const sessions = await users.sql(
    "select from session where user_id = $1 and revoked_at is null",
    [abandoned],
  );
  expect(sessions).toEqual([]);
});

describe("of twenty accounts that confirm one address at once, over two replicas,", () => {
  async function confirmAll(email: string): Promise<string[]> {
    const replica = await users.replica();
    const ids = await Promise.all(Array.from({ length: 20 }, () => claim(email)));
    const outcomes = await Promise.allSettled(
      ids.map((id, at) => own(id, (at % 2 ? replica : users).database)),
    );
    await replica.close();
    return outcomes.map((each) => (each.status === "fulfilled" ? each.value : "failed")).sort();
  }

  test("one owns it", async () => {
    expect(await confirmAll("crowd@x.test")).toEqual([
      ...Array(19).fill("owned by another"),
      "owns",
    ]);
  });

  test("all would, without the lock and the index", async () => {
    await users.sql("drop index credential_owner_key");
    const ids = await Promise.all(Array.from({ length: 5 }, () => claim("naive@x.test")));
    let judged = 0;
    let commit = () => {};
    const allJudged = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const outcomes = await Promise.all(
      ids.map((id) =>
        inTransaction(users.database, async (tx) => {
          // It locks nothing.
          const unlocked = editing(tx, "pg_advisory_xact_lock", "abs");
          const outcome = await ownClaimed(unlocked, id, new Date());
          judged += 1;
          if (judged === ids.length) commit();
          await allJudged;
          return outcome;
        }),
      ),
    );
    expect(outcomes).toEqual(Array(5).fill("owns"));
  });
});
