// Pushes to browsers (RFC 8030), encrypted for one browser (RFC 8291), with the key of this
// deployment (VAPID, RFC 8292). Endpoints come from clients, so requests go by `kit/outbound`.
import { createHash } from "node:crypto";
import webpush from "web-push";
import type { Clock } from "#kit/clock";
import { type Outbound, OutboundError } from "#kit/outbound/outbound";
import { retryAfterMs } from "#kit/outbound/retry-after";
import {
  outcomeOf,
  type Push,
  type PushAddress,
  type PushOutcome,
  type PushSender,
  secondsToLive,
} from "#kit/push/push";

export interface VapidKeys {
  /** Uncompressed points and scalars of P-256 as base64url. */
  readonly publicKey: string;
  readonly privateKey: string;
  /** Where the operators of push services find us: an https or mailto URL. */
  readonly subject: string;
}

interface Options {
  readonly keys: VapidKeys;
  readonly outbound: Outbound;
  readonly clock: Clock;
}

/** As long as the topic of a push may be. */
const TOPIC_LENGTH = 32;
const SERVICE = "The push service";

export function createWebPush({ keys, outbound, clock }: Options): PushSender {
  return {
    async send(address, push) {
      try {
        const { status, headers } = await outbound.send(requestOf(keys, address, push, clock()));
        if (status === 404 || status === 410) return { kind: "gone" };
        const afterMs = retryAfterMs(headers["retry-after"], clock());
        return outcomeOf(status, { service: SERVICE, afterMs });
      } catch (error) {
        if (error instanceof OutboundError) return outcomeOfFailure(error);
        throw error;
      }
    },
    close: () => outbound.close(),
  };
}

function requestOf(vapidDetails: VapidKeys, { address, keys }: PushAddress, push: Push, now: Date) {
  if (!keys) throw new Error("A browser has no keys.");
  const subscription = { endpoint: address, keys: { ...keys } };
  const payload = JSON.stringify({ id: push.id, ...push.content });
  const { headers, body } = webpush.generateRequestDetails(subscription, payload, {
    vapidDetails,
    contentEncoding: "aes128gcm",
    TTL: secondsToLive(push, now),
    urgency: push.isUrgent ? "high" : "normal",
    topic: topicOf(push.content.tag),
  });
  return {
    method: "POST",
    url: address,
    headers: namesInLowerCase(headers),
    body: body as Buffer,
  } as const;
}

/** A topic has the letters of base64url alone. */
function topicOf(tag: string): string {
  return createHash("sha256").update(tag).digest("base64url").slice(0, TOPIC_LENGTH);
}

function namesInLowerCase(headers: webpush.Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

/** An endpoint that became an address of ours is one that no browser has. */
function outcomeOfFailure({ kind, message }: OutboundError): PushOutcome {
  if (kind === "REFUSED") return { kind: "gone" };
  return { kind: "later", reason: `${SERVICE}: ${message}` };
}
