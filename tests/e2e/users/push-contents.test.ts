// The content of a push, and how many come: in the language of the account, with no more than the
// person wants to be seen; pushes that were held back are one.
import { describe, expect, it, vi } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { savePreferences } from "../../../subgraphs/users/notices/preferences/store.ts";
import { usePushing } from "./pushing.ts";

const HOUR_MS = 3_600_000;
const {
  ada,
  bodies,
  delivered,
  hear,
  notice,
  received,
  register,
  runAll,
  stopWorkers,
  untilWorked,
  users,
  work,
} = usePushing();

describe("the content of a push", () => {
  it("is in the language of the account, and leads to its page", async () => {
    await users().sql("update credential set language = 'fr' where user_id = $1", [ada().userId]);
    await register("phone");
    const eventId = newId();
    await hear([notice("Dîner", { params: { eventId, title: "Dîner" } })]);
    await runAll();
    expect(received()[0]?.content).toMatchObject({
      title: "Meetinity",
      body: "L’heure ou le lieu de «\u00a0Dîner\u00a0» a changé.",
      path: `/app/events/${eventId}`,
      tag: `EVENT_CHANGED:${eventId}`,
    });
  });

  it("names nobody and nothing for a person who wants it so", async () => {
    await savePreferences(users().database, ada().userId, { hasPushDetails: false });
    await register("phone");
    await hear([notice("Secret dinner")]);
    await runAll();
    expect(bodies()).toEqual(["You have a new notification."]);
    expect(JSON.stringify(received())).not.toContain("Secret");
  });

  it("is how many there are after quiet hours, without those that were read or turned off", async () => {
    const tomorrow = new Date(Date.now() + 24 * HOUR_MS).toISOString().slice(0, 10);
    const at = (clock: string) => new Date(`${tomorrow}T${clock}:00.000Z`);
    const quiet = { from: 22 * 60, to: 7 * 60 };
    await savePreferences(users().database, ada().userId, { timeZone: "UTC", quiet });
    await register("phone");
    const night = ["one", "two", "read"].map((title) => notice(title));
    await hear([...night, notice("off", { kind: "REGISTRATION_CONFIRMED" })], at("03:00"));
    await users().sql("update notification set read_at = now() where cause = 'read'");
    const choices = { REGISTRATIONS: { EMAIL: true, PUSH: false } };
    await savePreferences(users().database, ada().userId, { choices });
    const due = await users().sql<{ due: Date }>(
      "select distinct due_at as due from delivery where channel = 'PUSH'",
    );
    expect(due).toEqual([{ due: at("07:00") }]);
    await runAll(() => at("07:00"));
    expect(bodies()).toEqual(["2 notifications for you."]);
    expect(await delivered()).toEqual([
      { title: "off", state: "LEFT", reason: "OFF" },
      { title: "one", state: "SENT", reason: null },
      { title: "read", state: "LEFT", reason: "READ" },
      { title: "two", state: "SENT", reason: null },
    ]);
  });

  it("of more than ten of a kind within an hour, is one for all others, later", async () => {
    await register("phone");
    const begin = Date.now();
    work();
    for (let at = 1; at <= 10; at += 1) {
      await hear([notice(`change ${at}`)]);
      await untilWorked();
    }
    await hear([notice("eleven"), notice("twelve"), notice("other", { kind: "EVENT_CANCELLED" })]);
    await vi.waitFor(() => expect(bodies()).toHaveLength(11));
    expect(bodies().at(-1)).toBe("“other” is cancelled.");
    const [held] = await users().sql<{ due: Date }>(
      `select due_at as due from delivery where state = 'WAITING' and channel = 'PUSH'
       group by due_at`,
    );
    expect(held?.due.getTime()).toBeGreaterThan(begin + HOUR_MS - 1);
    await stopWorkers();
    await runAll(() => new Date(Date.now() + HOUR_MS));
    expect(bodies().slice(11)).toEqual(["2 notifications for you."]);
  });
});
