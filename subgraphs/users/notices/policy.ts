// When a notification goes out by a channel, and why it does not. Pure.
import { minuteOfDay, nextAtMinute } from "#kit/input/time-zones";
import type { NotificationChannel } from "../generated/prisma/enums.ts";
import type { Channels } from "./categories.ts";
import type { KindPolicy } from "./kinds.ts";
import type { NotificationPreferencesRow } from "./preferences/store.ts";

const HOUR_MS = 3_600_000;
/** When a daily mail comes, on the clocks of the person. */
const DAILY_MINUTE = 8 * 60;

/** A person's wishes about a notification, and how its kind is delivered. */
export interface Wanted {
  readonly policy: KindPolicy;
  readonly channel: NotificationChannel;
  /** Of its category, by the person or as it is without a choice. */
  readonly channels: Channels;
  readonly preferences: NotificationPreferencesRow;
}

/** The instant at which it goes out; null for never. */
export function dueAt(wanted: Wanted, now: Date): Date | null {
  const { policy, channel, preferences } = wanted;
  if (!isWanted(wanted)) return null;
  if (policy.isCritical) return now;
  if (channel === "PUSH") return afterQuiet(preferences, now);
  const ready = new Date(now.getTime() + (policy.mailDelayMs ?? 0));
  return afterQuiet(preferences, mailTime(preferences, ready));
}

/** A critical kind comes by the channels that are on without a choice. */
function isWanted({ channel, channels }: Wanted): boolean {
  return channels[channel];
}

/** When the next mail comes at or behind an instant. */
function mailTime({ digest, timeZone }: NotificationPreferencesRow, ready: Date): Date {
  switch (digest) {
    case "AT_ONCE":
      return ready;
    case "HOURLY":
      return new Date(Math.ceil(ready.getTime() / HOUR_MS) * HOUR_MS);
    case "DAILY":
      return nextAtMinute(DAILY_MINUTE, new Date(ready.getTime() - 1), timeZone);
  }
}

/** The instant itself, or the end of the quiet hours in which it lies. */
function afterQuiet(
  { quietFrom, quietTo, timeZone }: NotificationPreferencesRow,
  instant: Date,
): Date {
  if (quietFrom === null || quietTo === null) return instant;
  const minute = minuteOfDay(instant, timeZone);
  const isQuiet =
    quietFrom < quietTo
      ? quietFrom <= minute && minute < quietTo
      : quietFrom <= minute || minute < quietTo;
  return isQuiet ? nextAtMinute(quietTo, instant, timeZone) : instant;
}

/** The most pushes of one kind to a device within an hour. Others wait, and come as one. */
const HOURLY_PUSHES = 10;

/** Until when a push waits, after these of its kind; null when it may go out. */
export function heldUntil(recent: readonly Date[], { isCritical }: KindPolicy, now: Date) {
  if (isCritical) return null;
  const times = recent.map((at) => at.getTime()).filter((at) => at > now.getTime() - HOUR_MS);
  const [oldest] = times.sort((one, other) => one - other).slice(-HOURLY_PUSHES);
  if (oldest === undefined || times.length < HOURLY_PUSHES) return null;
  return new Date(oldest + HOUR_MS);
}

/**
 * Why a delivery is not sent when its time has come. `GONE`: the device takes no pushes any more.
 * `UNAVAILABLE`: this deployment has no key of its service.
 */
export type LeftReason = "READ" | "OFF" | "OVER" | "GONE" | "UNAVAILABLE";

interface Turn {
  readonly readAt: Date | null;
  /** Until when it is worth something; null for ever. */
  readonly validUntil: Date | null;
}

/** The change since it was queued for which it is left; null without one. */
export function reasonToLeave(wanted: Wanted, turn: Turn, now: Date): LeftReason | null {
  if (turn.readAt !== null) return "READ";
  if (turn.validUntil !== null && turn.validUntil <= now) return "OVER";
  if (!isWanted(wanted)) return "OFF";
  return null;
}
