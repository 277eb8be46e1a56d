// Token buckets: the same computation for this process, and as a script that is one atomic step in
// Redis, with the clock of Redis. It is the generic cell rate algorithm as virtual scheduling
// (ITU-T I.371, annex A): a bucket is stored as the time at which it is full again.

import type { Rate } from "../limits/rates.ts";

/** A charge of one bucket, in µs of inflow. A negative amount is a refund. */
export interface Charge {
  readonly key: string;
  readonly amount: number;
  readonly capacity: number;
}

/** The result of a charge. Times are in µs, by the clock of the process or of Redis. */
export interface Level {
  readonly isGranted: boolean;
  /** When the bucket is full again, this charge included if it was granted. */
  readonly fullAt: number;
  readonly now: number;
}

const MINUTE_MICROS = 60_000_000;

/**
 * The charge for `units`. More than a full bucket charges a full bucket, because waiting would
 * never allow more.
 */
export function chargeOf(key: string, rate: Rate, units: number): Charge {
  const unit = unitOf(rate);
  return { key, amount: Math.min(units, rate.burst) * unit, capacity: rate.burst * unit };
}

/** The time that one unit takes to flow in: a whole number, rounded up, so that sums are exact. */
function unitOf({ perMinute }: Rate): number {
  return Math.ceil(MINUTE_MICROS / perMinute);
}

/** The charge that undoes `charge`. */
export function refundOf(charge: Charge): Charge {
  return { ...charge, amount: -charge.amount };
}

/** The level of a bucket after a charge. `fullAt` is undefined for a full bucket. */
export function charged(fullAt: number | undefined, charge: Charge, clock: number): Level {
  const { amount, capacity } = charge;
  // Sums of fractions have rounding errors: a full bucket would sometimes refuse a full charge.
  const now = Math.floor(clock);
  // If the clock was set back, `fullAt` may be far in the future: it counts as an empty bucket.
  const before = Math.min(Math.max(fullAt ?? now, now), now + capacity);
  const after = Math.max(before + amount, now);
  if (amount > 0 && after - now > capacity) return { isGranted: false, fullAt: before, now };
  return { isGranted: true, fullAt: after, now };
}

/**
 * {@link charged} for Redis. Key: the bucket. Arguments: amount and capacity. Returns whether it
 * was granted, when the bucket is full, and the time. A full bucket has no key. A refusal is stored
 * too: if the clock was set back, it corrects the time and the expiry of the key.
 */
export const CHARGE_SCRIPT = `
  local time = redis.call("TIME")
  local now = time[1] * 1000000 + time[2]
  local amount, capacity = tonumber(ARGV[1]), tonumber(ARGV[2])
  local stored = tonumber(redis.call("GET", KEYS[1]) or now)
  local before = math.min(math.max(stored, now), now + capacity)
  local after = math.max(before + amount, now)
  local granted = 1
  if amount > 0 and after - now > capacity then
    granted, after = 0, before
  end
  if after > now then
    local text = string.format("%.0f", after)
    redis.call("SET", KEYS[1], text, "PX", math.ceil((after - now) / 1000))
  else
    redis.call("DEL", KEYS[1])
  end
  return {granted, after, now}
`;

/** The time until `charge` would be granted, in ms, if there are no other charges. */
export function waitMsOf({ amount, capacity }: Charge, { fullAt, now }: Level): number {
  return Math.max(0, Math.ceil((fullAt + amount - capacity - now) / 1000));
}

/** The number of units that are left. */
export function remainingOf({ capacity }: Charge, rate: Rate, { fullAt, now }: Level): number {
  return Math.floor((capacity - (fullAt - now)) / unitOf(rate));
}
