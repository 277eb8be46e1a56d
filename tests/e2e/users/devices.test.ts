// Devices: an installation is known again by its token, and people are told of one that is new to
// them, once, over two replicas of users.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cleaningOfDevices } from "../../../subgraphs/users/accounts/devices/jobs.ts";
import { refreshSession } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import { countsOf, enter, FIREFOX, SAFARI } from "./device-clients.ts";
import { openUsers, type Users } from "./harness.ts";

let users: Users;
let other: Users;
beforeAll(async () => {
  users = await openUsers();
  other = await users.replica();
});
afterAll(async () => {
  await other.close();
  await users.close();
});

describe("a device", () => {
  test("of a new account is no news, and is known again by its token", async () => {
    const ada = await users.join("Ada");
    expect(ada.deviceToken).toMatch(/^[\w-]{43}$/);
    const again = await enter(users, ada.userId, { deviceToken: ada.deviceToken });
    expect(again.deviceToken).toBe(ada.deviceToken);
    expect(await countsOf(users, ada.userId)).toEqual({ devices: 1, mails: 0 });
  });

  test("that is new to a person is told once, however often they sign in on it at once", async () => {
    const [ada, grace] = [await users.join("Ada"), await users.join("Grace")];
    const { deviceToken } = grace;
    const entered = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        enter(at % 2 ? users : other, ada.userId, { deviceToken }),
      ),
    );
    expect(new Set(entered.map((each) => each.deviceToken))).toEqual(new Set([deviceToken]));
    expect(await countsOf(users, ada.userId)).toEqual({ devices: 2, mails: 1 });
    expect(await countsOf(users, grace.userId)).toEqual({ devices: 1, mails: 0 });
  });

  test("without a token is a new one each time, and told each time", async () => {
    const ada = await users.join("Ada");
    const entered = await Promise.all(
      Array.from({ length: 20 }, (_, at) => enter(at % 2 ? users : other, ada.userId)),
    );
    expect(new Set(entered.map((each) => each.deviceToken)).size).toBe(20);
    expect(await countsOf(users, ada.userId)).toEqual({ devices: 21, mails: 20 });
  });

  test("does not choose its token: one that was never issued is replaced", async () => {
    const ada = await users.join("Ada");
    const mine = "a".repeat(43);
    expect((await enter(users, ada.userId, { deviceToken: mine })).deviceToken).not.toBe(mine);
  });

  test("is told to people who have had an account for more than a day, also the first one", async () => {
    const ada = await users.join("Ada");
    await users.sql("delete from session where user_id = $1", [ada.userId]);
    await users.sql("delete from device where person_id = $1", [ada.userId]);
    await enter(users, ada.userId);
    expect(await countsOf(users, ada.userId)).toEqual({ devices: 1, mails: 0 });
    await users.sql("delete from session where user_id = $1", [ada.userId]);
    await users.sql("delete from device where person_id = $1", [ada.userId]);
    await users.sql("update person set created_at = now() - interval '2 days' where id = $1", [
      ada.userId,
    ]);
    await enter(users, ada.userId);
    expect(await countsOf(users, ada.userId)).toEqual({ devices: 1, mails: 1 });
  });

  test("is not told to an address that may be a stranger's", async () => {
    const ada = await users.join("Ada");
    await users.sql("update credential set verified_at = null where user_id = $1", [ada.userId]);
    await enter(users, ada.userId);
    expect(await countsOf(users, ada.userId)).toEqual({ devices: 2, mails: 0 });
  });

  test("was last seen when a session on it was last refreshed", async () => {
    const ada = await users.join("Ada", new Date("2026-12-01T12:00:00Z"));
    const later = new Date("2026-12-02T12:00:00Z");
    await refreshSession(users.context(undefined, later), ada.refreshToken);
    const rows = await users.sql(
      "select first_seen_at, last_seen_at from device where person_id = $1",
      [ada.userId],
    );
    expect(rows).toEqual([
      { first_seen_at: new Date("2026-12-01T12:00:00Z"), last_seen_at: later },
    ]);
  });
});

test("a device that was not seen for 400 days is forgotten, and its sessions stay", async () => {
  const start = new Date("2026-12-01T12:00:00Z");
  const ada = await users.join("Ada", start);
  const { signal } = new AbortController();
  const cleanAfter = (days: number) => {
    const now = new Date(start.getTime() + days * 86_400_000 + 1);
    return cleaningOfDevices(users.database, () => now).run(signal);
  };
  await cleanAfter(399);
  expect(await countsOf(users, ada.userId)).toMatchObject({ devices: 1 });
  await cleanAfter(400);
  expect(await countsOf(users, ada.userId)).toMatchObject({ devices: 0 });
  const sessions = await users.sql("select from session where user_id = $1", [ada.userId]);
  expect(sessions).toHaveLength(1);
});

test("a refresh token that comes back is told by mail once, and its device is forgotten", async () => {
  const start = new Date("2026-12-01T12:00:00Z");
  const later = new Date("2026-12-01T12:05:00Z");
  const ada = await users.join("Ada", start);
  await refreshSession(users.context(undefined, start), ada.refreshToken);
  const thefts = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      refreshSession((at % 2 ? users : other).context(undefined, later), ada.refreshToken),
    ),
  );
  expect(new Set(thefts.map(({ kind }) => kind))).toEqual(new Set(["invalid"]));
  expect(await countsOf(users, ada.userId)).toEqual({ devices: 0, mails: 1 });
});

test("no column holds a device token, a user agent or an address of a client in clear", async () => {
  const ada = await users.join("Ada");
  const { deviceToken } = await enter(users, ada.userId, { client: SAFARI });
  await enter(users, ada.userId, { client: FIREFOX });
  const rows = await users.sql<{ row: string }>(
    `select session::text as row from session union all select device::text from device
     union all select job::text from job`,
  );
  const stored = rows.map(({ row }) => row).join("\n");
  expect(rows.length).toBeGreaterThan(5);
  const hex = Buffer.from(deviceToken ?? "", "base64url").toString("hex");
  for (const secret of [deviceToken, hex, "iPhone", "Firefox", "203.0.113.7", "2001:db8"]) {
    expect(stored).not.toContain(secret);
  }
});
