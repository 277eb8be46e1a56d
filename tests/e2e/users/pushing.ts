// Pushes of notifications over a database of their own: workers that a test may kill, and a
// browser's push service that decrypts what they send.
import { afterAll, beforeAll, beforeEach, expect, vi } from "vitest";
import webpush from "web-push";
import { newId } from "../../../kit/data/id.ts";
import { publishAfterCommit } from "../../../kit/live/changes.ts";
import { allowedRangesSetting } from "../../../kit/outbound/addresses.ts";
import { createOutbound } from "../../../kit/outbound/outbound.ts";
import type { PushSender } from "../../../kit/push/push.ts";
import { createWebPush } from "../../../kit/push/web.ts";
import type { SignedIn } from "../../../subgraphs/users/accounts/signing-in.ts";
import { addNotices, type Notice } from "../../../subgraphs/users/notices/centre/actions.ts";
import { registerPushSubscription } from "../../../subgraphs/users/notices/push-subscriptions/actions.ts";
import { pushingNotices } from "../../../subgraphs/users/notices/pushes/jobs.ts";
import type { Answer, PushService } from "../../kit/push-service.ts";
import { browserKeys, startWebPushService } from "../../kit/web-push-service.ts";
import { type Crashable, startWorker } from "../jobs/harness.ts";
import { as, openUsers, type Users } from "./harness.ts";

const vapid = webpush.generateVAPIDKeys();
const browsers = { phone: browserKeys(), desk: browserKeys() };
type Browser = keyof typeof browsers;

interface Delivered {
  readonly title: string;
  readonly state: string;
  readonly reason: string | null;
}

/** Before each test, Ada is new, and nothing is queued. */
export function usePushing() {
  let replicas: readonly [Users, Users];
  let service: PushService;
  let sender: PushSender;
  let ada: SignedIn;
  let begun = 0;
  const workers: Crashable[] = [];
  const users = () => replicas[0];
  const stopWorkers = async () => {
    await Promise.all(workers.splice(0).map(({ runner }) => runner.stop()));
  };

  beforeAll(async () => {
    const first = await openUsers();
    replicas = [first, await first.replica()];
    service = await startWebPushService(vapid.publicKey, browsers);
    sender = createWebPush({
      keys: { ...vapid, subject: "mailto:ops@meetinity.example" },
      outbound: createOutbound({ allowed: allowedRangesSetting.parse("127.0.0.0/8") }),
      clock: () => new Date(),
    });
  });
  afterAll(async () => {
    await stopWorkers();
    await sender.close();
    await service.stop();
    await replicas[1].close();
    await replicas[0].close();
  });
  beforeEach(async () => {
    await stopWorkers();
    await users().sql("truncate job, delivery, notification, push_subscription cascade");
    ada = await users().join("Ada");
    begun = service.received.length;
  });

  function work(now = () => new Date(), replica: 0 | 1 = 0): Crashable {
    const { database: connected, context, url } = replicas[replica];
    const { sealing } = context();
    const senders = { WEB: sender };
    const worker = startWorker(
      { url, database: connected, runners: [] },
      (database) => [pushingNotices({ database, sealing, senders, now })],
      { leaseMs: 1_000 },
    );
    workers.push(worker);
    return worker;
  }

  const untilWorked = () =>
    vi.waitFor(
      async () => {
        const text = "select from job where kind = 'notices.push' and state = 'WAITING'";
        expect(await users().sql(text)).toHaveLength(0);
      },
      { timeout: 15_000 },
    );

  return {
    users,
    ada: () => ada,
    stopWorkers,
    work,
    untilWorked,

    /** Registers a browser of a person. */
    async register(name: Browser, whose = ada): Promise<void> {
      const { p256dh, auth } = browsers[name];
      const address = `${service.url}/push/${name}`;
      const given = { service: "WEB", address, keys: { p256dh, auth } } as const;
      const outcome = await registerPushSubscription(users().context(as(whose)), given);
      expect(outcome.kind).toBe("registered");
    },

    /** For Ada, and of an event. */
    notice: (title: string, more: Partial<Notice> = {}): Notice => ({
      personId: ada.userId,
      kind: "EVENT_CHANGED",
      cause: title,
      params: { eventId: newId(), title },
      otherId: null,
      ...more,
    }),

    async hear(notices: readonly Notice[], now = new Date(), replica: 0 | 1 = 0): Promise<void> {
      const { database, context } = replicas[replica];
      await publishAfterCommit(database, context().live.announce, (change) =>
        addNotices(change, notices, now),
      );
    },

    /** Runs all jobs, also those whose time has not come. */
    async runAll(now?: () => Date): Promise<void> {
      await users().sql(
        "update job set run_at = now(), due_at = now() where kind = 'notices.push'",
      );
      work(now);
      await untilWorked();
    },

    answerNext: (...answers: readonly Answer[]) => service.answerNext(...answers),

    /** From now on, only later pushes are received. */
    forget() {
      begun = service.received.length;
    },

    received: () => service.received.slice(begun),

    bodies: () =>
      service.received
        .slice(begun)
        .flatMap(({ to, content }) => (to === "phone" ? [String(content.body)] : [])),

    /** The state of each delivery, by title. */
    delivered: () =>
      users().sql<Delivered>(
        `select params->>'title' as title, delivery.state, reason from delivery
         join notification on notification.id = notification_id
         where channel = 'PUSH' order by 1`,
      ),
  };
}

export const changed = (title: string) => `The time or the place of “${title}” has changed.`;
