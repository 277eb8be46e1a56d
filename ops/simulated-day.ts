// Runs a policy over a day of demand: processes take a while to start, readings are old, and a
// process that is busy shows a full core, however much more is asked of it.
import { type Decision, decide, type Policy, type Reading, type Readings } from "./autoscaling.ts";

/** The work of one kind of process in a minute. */
export interface Demand {
  /** Cores that requests and frames take. */
  readonly cores: number;
  readonly sockets: number;
  /** New jobs in a second. */
  readonly jobs: number;
}

/** The most work that one process can do. */
export const CAPACITY = { cores: 0.9, sockets: 6_000, jobsPerSecond: 10 };

/** Seconds between two decisions, of the age of a reading, and of a start until it is ready. */
const EVERY = 15;
const READING_AGE = 30;
const START = 45;

export interface SimulatedMinute {
  readonly minute: number;
  /** The fewest ready processes in this minute. */
  readonly ready: number;
  /** As many are needed for the demand. */
  readonly needed: number;
  /** Jobs that wait at its end. */
  readonly waiting: number;
}

export interface SimulatedDay {
  readonly minutes: readonly SimulatedMinute[];
  /** The changes of the number, with their times in seconds. */
  readonly changes: readonly { readonly at: number; readonly by: number }[];
}

interface Step {
  readonly at: number;
  readonly demand: Demand;
  readonly ready: number;
  readonly waiting: number;
}

/** Decisions that are kept: more than the longest window of a policy. */
const PAST = (2 * 3_600) / EVERY;

/** Begins with as many processes as the first minute needs, and no job. */
export function simulate(policy: Policy, day: readonly Demand[]): SimulatedDay {
  const decisions: Decision[] = [];
  const steps: Step[] = [];
  const changes: { at: number; by: number }[] = [];
  let count = Math.max(policy.floor, neededFor(day[0]));
  let waiting = 0;
  for (let at = 0; at < day.length * 60; at += EVERY) {
    const demand = day[Math.floor(at / 60)] as Demand;
    // Processes that started less than `START` ago do nothing yet.
    const ready = Math.min(count, ...countsSince(decisions, at - START));
    waiting = Math.max(0, waiting + EVERY * (demand.jobs - ready * CAPACITY.jobsPerSecond));
    steps.push({ at, demand, ready, waiting });
    const seen = steps.at(-1 - READING_AGE / EVERY);
    const readings = seen ? readingsOf(policy, seen, count) : {};
    const decision = decide(policy, readings, { at, count }, decisions);
    if (decision.count !== count) changes.push({ at, by: decision.count - count });
    count = decision.count;
    decisions.push(decision);
    if (decisions.length > PAST) decisions.shift();
  }
  return { minutes: minutesOf(steps, day), changes };
}

function countsSince(decisions: readonly Decision[], since: number): number[] {
  return decisions.filter(({ at }) => at >= since).map(({ count }) => count);
}

/** As Kubernetes reads them when it may want more: a process that is not ready counts as zero. */
function readingsOf(
  { targets }: Policy,
  { demand, ready, waiting }: Step,
  count: number,
): Readings {
  const all: Readonly<Record<Reading, number>> = {
    cpu: Math.min(ready, demand.cores) / count,
    sockets: demand.sockets / count,
    jobs: waiting / count,
  };
  return Object.fromEntries(targets.map(({ reading }) => [reading, all[reading]]));
}

function neededFor(demand: Demand | undefined): number {
  if (!demand) return 1;
  const { cores, sockets } = demand;
  return Math.max(1, Math.ceil(cores / CAPACITY.cores), Math.ceil(sockets / CAPACITY.sockets));
}

function minutesOf(steps: readonly Step[], day: readonly Demand[]): SimulatedMinute[] {
  const perMinute = 60 / EVERY;
  return day.map((demand, minute) => {
    const own = steps.slice(minute * perMinute, (minute + 1) * perMinute);
    return {
      minute,
      ready: Math.min(...own.map(({ ready }) => ready)),
      needed: neededFor(demand),
      waiting: own.at(-1)?.waiting ?? 0,
    };
  });
}

/** The most minutes in a row in which fewer processes were ready than needed. */
export function longestShortage({ minutes }: SimulatedDay): number {
  let longest = 0;
  let current = 0;
  for (const { ready, needed } of minutes) {
    current = ready < needed ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}

/** How often the number fell and rose again within `seconds`. */
export function flaps({ changes }: SimulatedDay, seconds: number): number {
  return changes.filter(({ at, by }, index) => {
    const before = changes[index - 1];
    return by > 0 && before !== undefined && before.by < 0 && at - before.at <= seconds;
  }).length;
}

/** Hours of all processes together. */
export function processHours({ minutes }: SimulatedDay): number {
  return minutes.reduce((sum, { ready }) => sum + ready, 0) / 60;
}
