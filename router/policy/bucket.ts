// The arithmetic of one token bucket, twice: for a process, and as the script that does the same in
// one atomic step in Redis, by its clock. It is the generic cell rate algorithm in its form of
// virtual scheduling (ITU-T I.371, annex A): a bucket is nothing but the time at which it is full
// again.

import type { Rate } from "../limits/rates.ts";

/** What one bucket is asked for, or given back if the amount is negative; in µs of inflow. */
export interface Charge {
  readonly key: string;
  readonly amount: number;
  readonly capacity: number;
}

/** How a charge ended. Times are in µs, by the clock of who keeps the bucket. */
export interface Level {
  readonly isGranted: boolean;
  /** When the bucket is full again, this charge included if it was granted. */
  readonly fullAt: number;
  readonly now: number;
}

const MINUTE_MICROS = 60_000_000;

/**
 * The charge for `units`. What is dearer than the whole bucket takes the whole bucket: waiting
 * would never make it cheaper.
 */
export function chargeOf(key: string, rate: Rate, units: number): Charge {
  const unit = unitOf(rate);
  return { key, amount: Math.min(units, rate.burst) * unit, capacity: rate.burst * unit };
}

/** What one unit takes to flow in, whole so that sums are exact, and rather too long. */
function unitOf({ perMinute }: Rate): number {
  return Math.ceil(MINUTE_MICROS / perMinute);
}

/** The charge that gives back what `charge` took. */
export function returned(charge: Charge): Charge {
  return { ...charge, amount: -charge.amount };
}

/** The level of a bucket after a charge; one that nobody has charged is full. */
export function charged(fullAt: number | undefined, charge: Charge, clock: number): Level {
  const { amount, capacity } = charge;
  // Sums of parts of a µs round, and a full bucket would now and then refuse all it holds.
  const now = Math.floor(clock);
  // A clock that was set back must not close a bucket for as long as it was.
  const before = Math.min(Math.max(fullAt ?? now, now), now + capacity);
  const after = Math.max(before + amount, now);
  if (amount > 0 && after - now > capacity) return { isGranted: false, fullAt: before, now };
  return { isGranted: true, fullAt: after, now };
}

/**
 * {@link charged} for Redis. Keys: the bucket. Arguments: amount and capacity. Answers whether it
 * was granted, when the bucket is full, and the time. A bucket that is full needs no key. A refusal
 * is stored too: Redis expires keys by the same clock, which may have been set back.
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

/** How long until `charge` would be granted, in ms, if nobody else takes from the bucket. */
export function waitMsOf({ amount, capacity }: Charge, { fullAt, now }: Level): number {
  return Math.max(0, Math.ceil((fullAt + amount - capacity - now) / 1000));
}

/** How many units are left. */
export function remainingOf({ capacity }: Charge, rate: Rate, { fullAt, now }: Level): number {
  return Math.floor((capacity - (fullAt - now)) / unitOf(rate));
}
