// Notifications are pushed once to each device, whatever is told again and whoever dies: a push
// that is repeated has the same id. A device that is gone, or another person's by now, gets
// nothing.
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { registerPushSubscription } from "../../../subgraphs/users/notices/push-subscriptions/actions.ts";
import { queueDeliveries } from "../../../subgraphs/users/notices/queueing.ts";
import type { Crashable } from "../jobs/harness.ts";
import { as } from "./harness.ts";
import { changed, usePushing } from "./pushing.ts";

const {
  ada,
  answerNext,
  bodies,
  delivered,
  forget,
  hear,
  notice,
  received,
  register,
  runAll,
  untilWorked,
  users,
  work,
} = usePushing();

describe("a push", () => {
  it("comes once to each device, though it is heard twice and workers die", async () => {
    await Promise.all([register("phone"), register("desk")]);
    const runs = fc.array(
      fc.record({
        cause: fc.integer({ min: 1, max: 4 }),
        replica: fc.constantFrom(0 as const, 1 as const),
        isFatal: fc.boolean(),
      }),
      { minLength: 2, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(runs, async (steps) => {
        // Each run is of another kind of event, or else the bound of an hour holds some back.
        await users().sql("truncate delivery, job");
        forget();
        const run = newId();
        const own: Crashable[] = [];
        await Promise.all(
          steps.map(async ({ cause, replica, isFatal }) => {
            const worker = work(undefined, replica);
            own.push(worker);
            await hear([notice(`${run}:${cause}`)], undefined, replica);
            if (isFatal) worker.crash();
          }),
        );
        own.push(work());
        await untilWorked();
        await Promise.all(own.map(({ runner }) => runner.stop()));
        const causes = new Set(steps.map(({ cause }) => cause)).size;
        const kills = steps.filter(({ isFatal }) => isFatal).length;
        const [sent] = await users().sql<{ deliveries: number; pushes: number }>(
          `select count(*)::int as deliveries, count(distinct job_id)::int as pushes
           from delivery where state = 'SENT'`,
        );
        expect(sent?.deliveries).toBe(2 * causes);
        const ids = received().map(({ content }) => content.id);
        expect(new Set(ids).size).toBe(sent?.pushes);
        // A worker pushes to both devices at once.
        expect(ids.length - new Set(ids).size).toBeLessThanOrEqual(2 * kills);
      }),
      { numRuns: 8 },
    );
  });

  it("comes twice when the key of deliveries does not hold, and else once", async () => {
    await register("phone");
    const pushTwice = async (title: string) => {
      await hear([notice(title)]);
      await runAll();
      const [row] = await users().sql<{ id: string }>(
        "select id from notification where cause = $1",
        [title],
      );
      // As if the job had been forgotten: only the key of the delivery is left.
      await users().sql("delete from job where kind = 'notices.push'");
      const added = [{ id: row?.id ?? "", kind: "EVENT_CHANGED" as const }];
      await inTransaction(users().database, (tx) =>
        queueDeliveries(tx, ada().userId, added, new Date()),
      );
      await untilWorked();
      return bodies().filter((body) => body === changed(title)).length;
    };
    expect(await pushTwice("with its key")).toBe(1);
    await users().sql('drop index "delivery_notification_id_channel_target_id_key"');
    expect(await pushTwice("without its key")).toBe(2);
    await users().sql("truncate delivery");
    await users().sql(`create unique index "delivery_notification_id_channel_target_id_key"
      on delivery (notification_id, channel, target_id)`);
  });

  it("is tried again with the same id when the service asks for it", async () => {
    await register("phone");
    answerNext({ status: 503 }, { status: 429, headers: { "retry-after": "0" } });
    await hear([notice("later")]);
    await runAll();
    expect(bodies()).toEqual([changed("later")]);
    const [job] = await users().sql<{ id: string; attempts: number }>(
      "select id, attempts from job where kind = 'notices.push'",
    );
    expect(job?.attempts).toBe(3);
    expect(received()[0]?.content.id).toBe(job?.id);
  });

  it("ends with a device that is gone, and is a failed job if the service refuses it", async () => {
    await Promise.all([register("phone"), register("desk")]);
    answerNext({ status: 410 });
    await hear([notice("gone")]);
    await runAll();
    expect(await users().sql("select from push_subscription")).toHaveLength(1);
    const reasons = (await delivered()).map(({ state, reason }) => reason ?? state);
    expect(reasons.sort()).toEqual(["GONE", "SENT"]);
    answerNext({ status: 413 });
    await hear([notice("large")]);
    await vi.waitFor(async () => {
      const failed = await users().sql("select error from job where state = 'GIVEN_UP'");
      expect(failed).toEqual([{ error: "The push service answered 413." }]);
    });
  });

  it("does not come once the session has ended that registered the device", async () => {
    await register("phone");
    await users().sql("update session set revoked_at = now() where user_id = $1", [ada().userId]);
    await hear([notice("signed out")]);
    await runAll();
    expect(await delivered()).toEqual([{ title: "signed out", state: "LEFT", reason: "GONE" }]);
    expect(received()).toEqual([]);
  });

  it("never comes to the next person on the same device", async () => {
    await register("phone");
    await hear([notice("hers")]);
    const grace = await users().join("Grace");
    await register("phone", grace);
    await hear([notice("theirs", { personId: grace.userId })]);
    await runAll();
    expect(bodies()).toEqual([changed("theirs")]);
  });

  it("does not come where this deployment has no key of the service", async () => {
    const token = { service: "APNS", address: "ab".repeat(32), keys: null } as const;
    await registerPushSubscription(users().context(as(ada())), token);
    await hear([notice("away")]);
    await runAll();
    expect(await delivered()).toEqual([{ title: "away", state: "LEFT", reason: "UNAVAILABLE" }]);
  });
});
