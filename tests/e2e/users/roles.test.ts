// Granting and revoking roles: only by current admins, and never down to no admin.
import { afterAll, beforeEach, expect, test } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import type { Identity } from "../../../kit/trust/identity.ts";
import { grantRole, revokeRole } from "../../../subgraphs/users/accounts/roles/actions.ts";
import { judgeRevocation } from "../../../subgraphs/users/accounts/roles/rules.ts";
import {
  deleteGrant,
  findAdminIds,
  findRoles,
  insertGrants,
} from "../../../subgraphs/users/accounts/roles/store.ts";
import { refreshSession } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import type { SignedIn } from "../../../subgraphs/users/accounts/signing-in.ts";
import { as, openUsers, type Users } from "./harness.ts";

let users: Users | undefined;
beforeEach(async () => {
  await users?.close();
  users = await openUsers();
});
afterAll(() => users?.close());

function it(): Users {
  if (!users) throw new Error("no harness");
  return users;
}

/** A person with the role, and with a token that has it. */
async function anAdmin(): Promise<SignedIn & { readonly identity: Identity }> {
  const joined = await it().join("Alma");
  await insertGrants(it().database, joined.userId, ["ADMIN"], new Date());
  const renewed = await refreshSession(it().context(), joined.refreshToken);
  if (renewed.kind !== "signedIn") throw new Error(renewed.kind);
  return { ...renewed, identity: as(renewed) };
}

async function rolesOf(userId: string): Promise<string[]> {
  return (await findRoles(it().database, [userId])).get(userId) ?? [];
}

async function admins(): Promise<string[]> {
  return inTransaction(it().database, (tx) => findAdminIds(tx));
}

test("an admin grants and revokes roles, and repeating it changes nothing", async () => {
  const admin = await anAdmin();
  const ada = await it().join("Ada");
  const change = { userId: ada.userId, role: "MODERATOR" } as const;
  for (let time = 0; time < 2; time += 1) {
    expect(await grantRole(it().context(admin.identity), change)).toMatchObject({
      kind: "granted",
    });
    expect(await rolesOf(ada.userId)).toEqual(["USER", "ORGANIZER", "MODERATOR"]);
  }
  for (let time = 0; time < 2; time += 1) {
    expect(await revokeRole(it().context(admin.identity), change)).toMatchObject({
      kind: "revoked",
    });
    expect(await rolesOf(ada.userId)).toEqual(["USER", "ORGANIZER"]);
  }
});

test("only admins grant and revoke roles", async () => {
  const ada = await it().join("Ada");
  const change = { userId: ada.userId, role: "ADMIN" } as const;
  for (const work of [grantRole, revokeRole]) {
    await expect(work(it().context(as(ada)), change)).rejects.toMatchObject({
      extensions: { code: "FORBIDDEN" },
    });
    await expect(work(it().context(), change)).rejects.toMatchObject({
      extensions: { code: "UNAUTHENTICATED" },
    });
  }
  expect(await rolesOf(ada.userId)).toEqual(["USER", "ORGANIZER"]);
});

test("a former admin with an old token cannot become one again", async () => {
  const [ada, grace] = [await anAdmin(), await anAdmin()];
  await revokeRole(it().context(grace.identity), { userId: ada.userId, role: "ADMIN" });
  const again = grantRole(it().context(ada.identity), { userId: ada.userId, role: "ADMIN" });
  await expect(again).rejects.toMatchObject({ extensions: { code: "FORBIDDEN" } });
  expect(await admins()).toEqual([grace.userId]);
});

test.each(["", "x", "00000000-0000-7000-8000-000000000000"])(
  "the id %o is an unknown person",
  async (userId) => {
    const admin = await anAdmin();
    for (const work of [grantRole, revokeRole]) {
      const outcome = await work(it().context(admin.identity), { userId, role: "MODERATOR" });
      expect(outcome).toEqual({ kind: "notFound" });
    }
  },
);

test("if all admins step down at once, one is left", async () => {
  const all = await Promise.all(Array.from({ length: 6 }, anAdmin));
  const outcomes = await Promise.all(
    all.map(({ userId, identity }) =>
      revokeRole(it().context(identity), { userId, role: "ADMIN" }),
    ),
  );
  const kinds = outcomes.map(({ kind }) => kind).sort();
  expect(kinds).toEqual(["lastAdmin", ...Array(5).fill("revoked")]);
  expect(await admins()).toHaveLength(1);
});

test("if admins revoke each other at once, at least one is left", async () => {
  const all = await Promise.all(Array.from({ length: 6 }, anAdmin));
  await Promise.allSettled(
    all.map(({ identity }, index) => {
      const userId = all[(index + 1) % all.length]?.userId ?? "";
      return revokeRole(it().context(identity), { userId, role: "ADMIN" });
    }),
  );
  expect((await admins()).length).toBeGreaterThanOrEqual(1);
});

test("without the guard no admin is left", async () => {
  const all = await Promise.all(Array.from({ length: 6 }, anAdmin));
  const seen = await Promise.all(all.map(() => admins()));
  await Promise.all(
    all.map(async ({ userId }, index) => {
      if (judgeRevocation(userId, "ADMIN", seen[index] ?? []) === "lastAdmin") return;
      await inTransaction(it().database, (tx) => deleteGrant(tx, userId, "ADMIN"));
    }),
  );
  expect(await admins()).toEqual([]);
});
