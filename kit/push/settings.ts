// The settings of a process that sends pushes. Each service is off without its key.
import { z } from "zod";
import { systemClock } from "#kit/clock";
import { allowedRangesSetting } from "#kit/outbound/addresses";
import { createOutbound } from "#kit/outbound/outbound";
import { createApns } from "#kit/push/apns";
import { createFcm, fcmAccount } from "#kit/push/fcm";
import type { PushSender, PushService } from "#kit/push/push";
import { createWebPush } from "#kit/push/web";
import { ConfigError, json } from "#kit/service/config";
import type { Log } from "#kit/service/logger";

const POINT = /^[\w-]{87}$/;
const SCALAR = /^[\w-]{43}$/;

/** The settings of a process that registers browsers. */
export const pushKeyShape = {
  VAPID_PUBLIC_KEY: z
    .string()
    .regex(POINT, "is not a point of P-256 as base64url: `npm run keys` makes one")
    .optional(),
  /** Addresses beside the public ones to which requests go that clients cause. */
  OUTBOUND_ALLOWED_RANGES: allowedRangesSetting.default([]),
};

export const pushShape = {
  ...pushKeyShape,
  VAPID_PRIVATE_KEY: z
    .string()
    .regex(SCALAR, "is not a scalar of P-256 as base64url: `npm run keys` makes one")
    .optional(),
  VAPID_SUBJECT: z
    .url({ protocol: /^(https|mailto)$/, error: "is no https or mailto URL" })
    .optional(),
  APNS_KEY: z.string().includes("PRIVATE KEY", { error: "is not a key in PEM" }).optional(),
  APNS_KEY_ID: z.string().optional(),
  APNS_TEAM_ID: z.string().optional(),
  APNS_TOPIC: z.string().optional(),
  APNS_URL: z.url().default("https://api.push.apple.com"),
  FCM_SERVICE_ACCOUNT: json(fcmAccount).optional(),
  FCM_URL: z.url().default("https://fcm.googleapis.com"),
};

type PushConfig = z.output<z.ZodObject<typeof pushShape>> & {
  readonly PUBLIC_URL?: string | undefined;
};

/** The services by which this process sends. */
export type PushSenders = Readonly<Partial<Record<PushService, PushSender>>>;

/** Pushes by these settings. Throws a `ConfigError` if a part of a service's key is missing. */
export function pushOfSettings(config: PushConfig, log: Log): PushSenders {
  const senders = { ...web(config), ...apns(config), ...fcm(config) };
  const names = Object.keys(senders);
  log.info(
    names.length > 0 ? `Pushes go by ${names.join(", ")}.` : "No pushes: no service has a key.",
  );
  return senders;
}

function web(config: PushConfig): PushSenders {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey } = config;
  const keys = wholeOrNone({ VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey });
  if (!keys) return {};
  const subject = config.VAPID_SUBJECT ?? subjectOf(config.PUBLIC_URL);
  const outbound = createOutbound({ allowed: config.OUTBOUND_ALLOWED_RANGES });
  return {
    WEB: createWebPush({
      keys: { publicKey: keys.VAPID_PUBLIC_KEY, privateKey: keys.VAPID_PRIVATE_KEY, subject },
      outbound,
      clock: systemClock,
    }),
  };
}

/** A page over https, else an address at its host. */
function subjectOf(publicUrl = "http://localhost"): string {
  return publicUrl.startsWith("https:")
    ? publicUrl
    : `mailto:no-reply@${new URL(publicUrl).hostname}`;
}

function apns({
  APNS_KEY,
  APNS_KEY_ID,
  APNS_TEAM_ID,
  APNS_TOPIC,
  APNS_URL,
}: PushConfig): PushSenders {
  const key = wholeOrNone({ APNS_KEY, APNS_KEY_ID, APNS_TEAM_ID, APNS_TOPIC });
  if (!key) return {};
  return {
    APNS: createApns(
      {
        // In an environment variable, lines may end in `\n`.
        key: key.APNS_KEY.replaceAll("\\n", "\n"),
        keyId: key.APNS_KEY_ID,
        teamId: key.APNS_TEAM_ID,
        topic: key.APNS_TOPIC,
        url: APNS_URL,
      },
      systemClock,
    ),
  };
}

function fcm({ FCM_SERVICE_ACCOUNT: account, FCM_URL: url }: PushConfig): PushSenders {
  return account ? { FCM: createFcm({ account, url, clock: systemClock }) } : {};
}

/** All of these settings, or null when none is set. */
function wholeOrNone<Name extends string>(
  settings: Record<Name, string | undefined>,
): Record<Name, string> | null {
  const names = Object.keys(settings) as Name[];
  const missing = names.filter((name) => settings[name] === undefined);
  if (missing.length === names.length) return null;
  if (missing.length === 0) return settings as Record<Name, string>;
  throw new ConfigError(
    `${missing.join(", ")} is not set, and pushes need all of ${names.join(", ")}.`,
  );
}
