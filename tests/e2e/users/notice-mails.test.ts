// Mails of notifications are queued once, whatever is told again and whoever dies; several that are
// due together are one mail; and what is read, over or turned off meanwhile is in none.
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { publishAfterCommit } from "../../../kit/live/changes.ts";
import { addNotices, type Notice } from "../../../subgraphs/users/notices/centre/actions.ts";
import { mailingNotices } from "../../../subgraphs/users/notices/delivery/jobs.ts";
import { savePreferences } from "../../../subgraphs/users/notices/preferences/store.ts";
import { queueDeliveries } from "../../../subgraphs/users/notices/queueing.ts";
import { type Crashable, startWorker } from "../jobs/harness.ts";
import { openUsers, type Users } from "./harness.ts";

let replicas: readonly [Users, Users];
let users: Users;
let personId: string;
let workers: Crashable[] = [];

beforeAll(async () => {
  users = await openUsers();
  replicas = [users, await users.replica()];
});
const stopWorkers = () => Promise.all(workers.splice(0).map(({ runner }) => runner.stop()));
afterAll(async () => {
  await stopWorkers();
  await replicas[1].close();
  await users.close();
});
beforeEach(async () => {
  await stopWorkers();
  await users.sql("truncate job, delivery, notification cascade");
  personId = (await users.join("Ada")).userId;
});

function work(replica: Users, now = () => new Date()): Crashable {
  const { sealing } = replica.context();
  const queue = { url: users.url, database: replica.database, runners: [] };
  const wish = { leaseMs: 300 };
  const worker = startWorker(
    queue,
    (database) => [mailingNotices({ database, sealing, now })],
    wish,
  );
  workers = [...workers, worker];
  return worker;
}

const notice = (cause: string, more: Partial<Notice> = {}): Notice => ({
  personId,
  kind: "EVENT_CHANGED",
  cause,
  params: { eventId: newId(), title: cause },
  otherId: null,
  ...more,
});

async function hear(notices: readonly Notice[], replica = users, now = new Date()): Promise<void> {
  const { announce } = replica.context().live;
  await publishAfterCommit(replica.database, announce, (change) =>
    addNotices(change, notices, now),
  );
}

const waiting = () =>
  users.sql("select from job where kind = 'notices.mail' and state = 'WAITING'");
const untilWorked = () =>
  vi.waitFor(async () => expect(await waiting()).toHaveLength(0), { timeout: 15_000 });

const mailPayload = z.object({ mail: z.literal("notices"), sealed: z.string() });
const content = z.object({
  params: z.object({ notices: z.array(z.object({ params: z.object({ title: z.string() }) })) }),
});

/** The titles in each mail that is queued for the person. */
async function mailed(): Promise<string[][]> {
  const jobs = await users.sql<{ payload: unknown }>(
    "select payload from job where kind = 'mail' and payload->>'mail' = 'notices' order by ordinal",
  );
  const key = await users.database.personKey.findUniqueOrThrow({ where: { personId } });
  const seal = users.context().sealing.of(personId, key.wrapped);
  return jobs.map(({ payload }) => {
    const { sealed } = mailPayload.parse(payload);
    const { params } = content.parse(JSON.parse(seal.open("mail", sealed)));
    return params.notices.map((each) => each.params.title);
  });
}

const left = () =>
  users.sql<{ title: string; reason: string }>(
    `select params->>'title' as title, reason from delivery
     join notification on notification.id = notification_id where state = 'LEFT' order by 1`,
  );

describe("a mail", () => {
  it("tells of each notification once, though it is heard twice and workers die", async () => {
    const runs = fc.array(
      fc.record({
        cause: fc.integer({ min: 1, max: 5 }),
        replica: fc.constantFrom(0 as const, 1 as const),
        isFatal: fc.boolean(),
      }),
      { minLength: 2, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(runs, async (steps) => {
        const run = newId();
        const own: Crashable[] = [];
        await Promise.all(
          steps.map(async ({ cause, replica, isFatal }) => {
            const worker = work(replicas[replica]);
            own.push(worker);
            await hear([notice(`${run}:${cause}`)], replicas[replica]);
            if (isFatal) worker.crash();
          }),
        );
        own.push(work(users));
        await untilWorked();
        await Promise.all(own.map(({ runner }) => runner.stop()));
        const told = (await mailed()).flat().filter((title) => title.startsWith(run));
        expect(told.sort()).toEqual(
          [...new Set(steps.map(({ cause }) => `${run}:${cause}`))].sort(),
        );
      }),
      { numRuns: 8 },
    );
  });

  it("tells of one twice when the key of deliveries does not hold, and else once", async () => {
    const queueTwice = async (title: string) => {
      await stopWorkers();
      await hear([notice(title)]);
      const [row] = await users.sql<{ id: string }>(
        "select id from notification where cause = $1",
        [title],
      );
      const added = [{ id: row?.id ?? "", kind: "EVENT_CHANGED" as const }];
      await inTransaction(users.database, (tx) => queueDeliveries(tx, personId, added, new Date()));
      work(users);
      await untilWorked();
      return (await mailed()).flat().filter((told) => told === title).length;
    };
    expect(await queueTwice("with its key")).toBe(1);
    await users.sql('drop index "delivery_notification_id_channel_target_id_key"');
    expect(await queueTwice("without its key")).toBe(2);
    await users.sql("truncate delivery");
    await users.sql(`create unique index "delivery_notification_id_channel_target_id_key"
      on delivery (notification_id, channel, target_id)`);
  });

  it("has all that is due at one time, and only that", async () => {
    const { database } = users;
    const day = (clock: string) => new Date(`2027-03-10T${clock}:00.000Z`);
    await savePreferences(database, personId, { digest: "HOURLY" });
    await hear([notice("one")], users, day("09:10"));
    await hear([notice("two")], users, day("09:50"));
    await hear([notice("three")], users, day("10:10"));
    const begin = (clock: string) =>
      users.sql(
        `update job set run_at = now(), due_at = now()
         where kind = 'notices.mail' and run_at <= $1 and state = 'WAITING'`,
        [day(clock)],
      );
    await begin("10:00");
    // The clock of this process is behind that of the database.
    work(users, () => day("09:59"));
    await vi.waitFor(async () => expect(await mailed()).toEqual([["one", "two"]]));
    await begin("11:00");
    await untilWorked();
    expect(await mailed()).toEqual([["one", "two"], ["three"]]);
  });

  it("waits for nothing if it is critical, and comes though its category is off", async () => {
    const off = { EMAIL: false, PUSH: false };
    const choices = { EVENTS: off, REGISTRATIONS: off };
    await savePreferences(users.database, personId, { digest: "DAILY", choices });
    await hear([notice("changed"), notice("cancelled", { kind: "EVENT_CANCELLED" })]);
    work(users);
    await untilWorked();
    expect(await mailed()).toEqual([["cancelled"]]);
  });

  it("has nothing that was read, is over, or was turned off meanwhile", async () => {
    const offerExpiresAt = new Date(Date.now() - 1_000).toISOString();
    await hear([
      notice("read"),
      notice("over", { kind: "SEAT_OFFERED", params: { title: "over", offerExpiresAt } }),
      notice("off", { kind: "REGISTRATION_CONFIRMED" }),
      notice("kept"),
    ]);
    await users.sql("update notification set read_at = now() where cause = 'read'");
    const choices = { REGISTRATIONS: { EMAIL: false, PUSH: true } };
    await savePreferences(users.database, personId, { choices });
    work(users);
    await untilWorked();
    expect(await mailed()).toEqual([["kept"]]);
    expect(await left()).toEqual([
      { title: "off", reason: "OFF" },
      { title: "over", reason: "OVER" },
      { title: "read", reason: "READ" },
    ]);
  });
});
