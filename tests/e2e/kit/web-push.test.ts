// Pushes reach browsers by the real protocol: what a browser decrypts is what was sent, with the
// id of its delivery, and each answer of a push service is understood.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import webpush from "web-push";
import { allowedRangesSetting } from "../../../kit/outbound/addresses.ts";
import { createOutbound } from "../../../kit/outbound/outbound.ts";
import type { PushAddress, PushSender } from "../../../kit/push/push.ts";
import { createWebPush } from "../../../kit/push/web.ts";
import type { PushService } from "../../kit/push-service.ts";
import { browserKeys, startWebPushService } from "../../kit/web-push-service.ts";
import { NOW, push, understands } from "./pushes.ts";

const clock = () => NOW;

describe("a browser", () => {
  const keys = webpush.generateVAPIDKeys();
  const browser = browserKeys();
  const outbound = createOutbound({ allowed: allowedRangesSetting.parse("127.0.0.0/8") });
  const vapid = { ...keys, subject: "mailto:ops@meetinity.example" };
  const sender: PushSender = createWebPush({ keys: vapid, outbound, clock });
  let service: PushService;
  const address = (): PushAddress => ({
    service: "WEB",
    address: `${service.url}/push/ada`,
    keys: browser,
  });
  beforeAll(async () => {
    service = await startWebPushService(keys.publicKey, { ada: browser });
  });
  afterAll(async () => {
    await sender.close();
    await service.stop();
  });

  it("decrypts the content and the id", async () => {
    const sent = push();
    expect(await sender.send(address(), sent)).toEqual({ kind: "accepted" });
    const [received] = service.received;
    expect(received).toMatchObject({
      to: "ada",
      content: { id: sent.id, ...sent.content },
      headers: { ttl: "3600", urgency: "high" },
    });
    expect(received?.headers.topic).toMatch(/^[\w-]{1,32}$/);
  });

  it("is not reached with the keys of another one, or signed by another key", async () => {
    const before = service.faults.length;
    const stranger = { ...address(), keys: browserKeys() };
    expect((await sender.send(stranger, push())).kind).toBe("refused");
    const other = { ...webpush.generateVAPIDKeys(), subject: vapid.subject };
    const forged = createWebPush({ keys: other, outbound, clock });
    expect((await forged.send(address(), push())).kind).toBe("refused");
    expect(service.faults.length - before).toBe(2);
    (service.faults as string[]).length = 0;
  });

  const SAID = "The push service answered";
  understands({
    service: () => service,
    send: (given) => sender.send(address(), given),
    answers: [
      [{ status: 404 }, { kind: "gone" }],
      [{ status: 410 }, { kind: "gone" }],
      [
        { status: 429, headers: { "retry-after": "90" } },
        { kind: "later", reason: `${SAID} 429.`, afterMs: 90_000 },
      ],
      [{ status: 503 }, { kind: "later", reason: `${SAID} 503.` }],
      [{ status: 413 }, { kind: "refused", reason: `${SAID} 413.` }],
    ],
  });

  it("whose endpoint has become a private address is gone", async () => {
    const guarded = createWebPush({ keys: vapid, outbound: createOutbound(), clock });
    expect(await guarded.send(address(), push())).toEqual({ kind: "gone" });
    await guarded.close();
  });

  it("whose service is away is tried later", async () => {
    const nowhere = { ...address(), address: "http://127.0.0.1:9/push/ada" };
    expect((await sender.send(nowhere, push())).kind).toBe("later");
  });
});
