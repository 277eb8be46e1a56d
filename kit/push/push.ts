// Pushes as their callers see them: the content of a push, and the answer of its service. Each
// service has an adapter: Web Push for browsers, APNs for iPhones, FCM for Android.

export const PUSH_SERVICES = ["WEB", "APNS", "FCM"] as const;
export type PushService = (typeof PUSH_SERVICES)[number];

/** All that a client gets. Everything is plain text. */
export interface PushContent {
  readonly title: string;
  readonly body: string;
  /** A path of the app, which a click opens. */
  readonly path: string;
  /** On a device, a push replaces the one of the same tag. At most 64 characters. */
  readonly tag: string;
}

export interface Push {
  /** A UUID, the same for each attempt of one delivery. */
  readonly id: string;
  readonly content: PushContent;
  /** Wakes a device that sleeps. */
  readonly isUrgent: boolean;
  /** The service forgets it then, if the device was not reached. */
  readonly expiresAt: Date;
}

/** Where a push goes: an endpoint of a browser with its keys, or the token of an app on a phone. */
export interface PushAddress {
  readonly service: PushService;
  /** An https URL for `WEB`, else a token. Secret: whoever has it can send. */
  readonly address: string;
  /** Of a browser, as base64url; null for a phone. */
  readonly keys: { readonly p256dh: string; readonly auth: string } | null;
}

/** The answer of a service. Reasons have no personal data: admins see them. */
export type PushOutcome =
  /** The service has it. That is not yet the device. */
  | { readonly kind: "accepted" }
  /** The app is gone from the device, or takes no pushes any more. */
  | { readonly kind: "gone" }
  /** Another attempt may succeed. Without a time, when the caller thinks best. */
  | { readonly kind: "later"; readonly reason: string; readonly afterMs?: number | undefined }
  /** Another attempt will fail as well. */
  | { readonly kind: "refused"; readonly reason: string };

/** Sends by one service. Never throws for what the service or the network does. */
export interface PushSender {
  send(address: PushAddress, push: Push): Promise<PushOutcome>;
  close(): Promise<void>;
}

const MS = 1_000;

/** How long a service keeps a push, in seconds. */
export function secondsToLive({ expiresAt }: Push, now: Date): number {
  return Math.max(0, Math.floor((expiresAt.getTime() - now.getTime()) / MS));
}

/** The meaning of an answer by HTTP. Those that one service alone gives are its adapter's. */
export function outcomeOf(
  status: number,
  { service, reason, afterMs }: { service: string; reason?: string; afterMs?: number | undefined },
): PushOutcome {
  if (status >= 200 && status < 300) return { kind: "accepted" };
  const said = `${service} answered ${status}${reason ? ` ${reason}` : ""}.`;
  if (status === 429 || status >= 500) return { kind: "later", reason: said, afterMs };
  return { kind: "refused", reason: said };
}
