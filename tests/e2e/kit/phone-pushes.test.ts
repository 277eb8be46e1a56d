// Pushes reach phones by the real protocols of Apple and Google: with the id of their delivery,
// under tokens that are signed, and each answer of a service is understood.
import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApns } from "../../../kit/push/apns.ts";
import { createFcm } from "../../../kit/push/fcm.ts";
import type { PushAddress, PushSender } from "../../../kit/push/push.ts";
import {
  apnsKeyPair,
  type FcmService,
  startApns,
  startFcm,
} from "../../kit/phone-push-services.ts";
import type { PushService } from "../../kit/push-service.ts";
import { NOW, push, understands } from "./pushes.ts";

const HOUR_MS = 3_600_000;
let now = NOW;
const clock = () => now;

describe("an iPhone", () => {
  const pair = apnsKeyPair();
  const ids = { keyId: "KEY1234567", teamId: "TEAM123456", topic: "example.meetinity.app" };
  const token = "ab".repeat(32);
  let service: PushService;
  let sender: PushSender;
  const address: PushAddress = { service: "APNS", address: token, keys: null };
  beforeAll(async () => {
    service = await startApns(pair, ids.keyId);
    sender = createApns({ key: pair.key, ...ids, url: service.url }, clock);
  });
  afterAll(async () => {
    await sender.close();
    await service.stop();
  });

  it("gets the content, under the id of the delivery", async () => {
    const sent = push();
    expect(await sender.send(address, sent)).toEqual({ kind: "accepted" });
    const { title, body, path, tag } = sent.content;
    expect(service.received[0]).toMatchObject({
      to: token,
      headers: {
        "apns-id": sent.id,
        "apns-topic": ids.topic,
        "apns-priority": "10",
        "apns-collapse-id": tag,
        "apns-expiration": String(sent.expiresAt.getTime() / 1_000),
      },
      content: { aps: { alert: { title, body }, "thread-id": tag }, id: sent.id, path },
    });
  });

  it("gets them under one token for forty minutes, and then under a new one", async () => {
    const tokenOf = async () => {
      await sender.send(address, push());
      return service.received.at(-1)?.headers.iat;
    };
    const first = await tokenOf();
    now = new Date(NOW.getTime() + 39 * 60_000);
    expect(await tokenOf()).toBe(first);
    now = new Date(NOW.getTime() + 41 * 60_000);
    expect(await tokenOf()).not.toBe(first);
    now = NOW;
  });

  const reason = (text: string) => JSON.stringify({ reason: text });
  understands({
    service: () => service,
    send: (given) => sender.send(address, given),
    answers: [
      [{ status: 410, body: reason("Unregistered") }, { kind: "gone" }],
      [{ status: 400, body: reason("BadDeviceToken") }, { kind: "gone" }],
      [
        { status: 429, body: reason("TooManyRequests") },
        { kind: "later", reason: "APNs answered 429 TooManyRequests." },
      ],
      [
        { status: 403, body: reason("ExpiredProviderToken") },
        { kind: "later", reason: "APNs answered ExpiredProviderToken." },
      ],
      [
        { status: 400, body: reason("BadTopic") },
        { kind: "refused", reason: "APNs answered 400 BadTopic." },
      ],
      [
        { status: 500, body: "no JSON" },
        { kind: "later", reason: "APNs answered 500." },
      ],
    ],
  });

  it("is tried later while the service is away, and again once it is back", async () => {
    const away = createApns({ key: pair.key, ...ids, url: "http://127.0.0.1:9" }, clock);
    expect(await away.send(address, push())).toEqual({
      kind: "later",
      reason: "APNs did not answer.",
    });
    await away.close();
  });
});

describe("an Android phone", () => {
  let service: FcmService;
  let sender: PushSender;
  const token = `android:${"x".repeat(40)}`;
  const address: PushAddress = { service: "FCM", address: token, keys: null };
  beforeAll(async () => {
    service = await startFcm();
    sender = createFcm({ account: service.account, url: service.url, clock: () => new Date() });
  });
  afterAll(() => service.stop());

  it("gets the content and the id, by one access token for all", async () => {
    const sent = push({ expiresAt: new Date(Date.now() + HOUR_MS) });
    expect(await sender.send(address, sent)).toEqual({ kind: "accepted" });
    const { title, body, path, tag } = sent.content;
    expect(service.received[0]).toMatchObject({
      to: token,
      content: {
        notification: { title, body },
        data: { id: sent.id, path },
        android: { collapse_key: tag, priority: "HIGH" },
      },
    });
    await Promise.all([sender.send(address, push()), sender.send(address, push())]);
    expect(service.assertions).toHaveLength(1);
    expect(service.assertions[0]).toMatchObject({ iss: service.account.client_email });
  });

  const refusal = (status: string, errorCode?: string) =>
    JSON.stringify({ error: { status, details: errorCode ? [{ errorCode }] : [] } });
  understands({
    service: () => service,
    send: (given) => sender.send(address, given),
    answers: [
      [{ status: 404, body: refusal("NOT_FOUND", "UNREGISTERED") }, { kind: "gone" }],
      [
        { status: 429, headers: { "retry-after": "5" }, body: refusal("RESOURCE_EXHAUSTED") },
        { kind: "later", reason: "FCM answered 429 RESOURCE_EXHAUSTED.", afterMs: 5_000 },
      ],
      [
        { status: 401, body: refusal("UNAUTHENTICATED") },
        { kind: "later", reason: "FCM refused the access token." },
      ],
      [
        { status: 400, body: refusal("INVALID_ARGUMENT") },
        { kind: "refused", reason: "FCM answered 400 INVALID_ARGUMENT." },
      ],
      [
        { status: 500, body: "no JSON" },
        { kind: "later", reason: "FCM answered 500." },
      ],
    ],
  });

  it("is tried later when the key of the account is refused", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const account = { ...service.account, private_key: pem, token_uri: "http://127.0.0.1:9/token" };
    const other = createFcm({ account, url: service.url, clock });
    expect((await other.send(address, push())).kind).toBe("later");
  });
});
