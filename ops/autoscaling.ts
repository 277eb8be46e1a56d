// How many processes of each kind there should be: our policies, and the algorithm of Kubernetes'
// HorizontalPodAutoscaler (autoscaling/v2) as pure functions of readings and of what was decided
// before. Kubernetes runs its own; this one lets a test run the policies over a day.

export type Reading = "cpu" | "sockets" | "jobs";

export interface Target {
  readonly reading: Reading;
  /** The value for one process at which their number is right. Of `cpu` as part of a core. */
  readonly value: number;
}

export interface Policy {
  readonly floor: number;
  readonly ceiling: number;
  /** The target that wants most processes decides. */
  readonly targets: readonly Target[];
  /** In each period the number at most doubles, or grows by `step`, whichever is more. */
  readonly up: { readonly step: number; readonly periodSeconds: number };
  /**
   * The number falls to the most that was wanted in the last `windowSeconds`, by at most `step` in
   * each period.
   */
  readonly down: {
    readonly windowSeconds: number;
    readonly step: number;
    readonly periodSeconds: number;
  };
}

/** Nothing changes while a reading is this close to its target. Kubernetes' default. */
const TOLERANCE = 0.1;

/**
 * An hour of what was wanted, the most that Kubernetes allows: with half an hour, noise stops
 * processes on one day of five that are started again minutes later.
 */
const SLOW_DOWN = { windowSeconds: 3_600, step: 1, periodSeconds: 120 };
const FAST_UP = { step: 2, periodSeconds: 30 };

/** A process of Node.js has one thread for requests, so a core is all that it can use. */
const CPU: Target = { reading: "cpu", value: 0.5 };

const ofRequests = (floor: number, ceiling: number): Policy => ({
  floor,
  ceiling,
  targets: [CPU],
  up: FAST_UP,
  down: SLOW_DOWN,
});

/**
 * By kind of process; `worker` is that of each subgraph. Ceilings of subgraphs follow from the
 * connections that PostgreSQL has.
 */
export const POLICIES = {
  router: {
    ...ofRequests(3, 24),
    targets: [CPU, { reading: "sockets", value: 4_000 }],
  },
  users: ofRequests(2, 8),
  events: ofRequests(2, 8),
  matching: ofRequests(2, 6),
  messaging: ofRequests(3, 12),
  worker: {
    floor: 2,
    ceiling: 6,
    targets: [{ reading: "jobs", value: 200 }],
    up: FAST_UP,
    down: { ...SLOW_DOWN, windowSeconds: 300 },
  },
} as const satisfies Readonly<Record<string, Policy>>;

export type ProcessKind = keyof typeof POLICIES;

/** The wanted number at a time, and the number of processes after it. */
export interface Decision {
  /** In seconds. */
  readonly at: number;
  readonly wanted: number;
  readonly count: number;
}

/** The value of a metric for one process, as a mean over all. */
export type Readings = Partial<Readonly<Record<Reading, number>>>;

/**
 * The next decision. `past` has the decisions so far, the oldest first; at least those of the
 * longest period of the policy. A reading that is missing is left out, as of a metric that cannot
 * be read; without any the number stays.
 */
export function decide(
  policy: Policy,
  readings: Readings,
  now: { readonly at: number; readonly count: number },
  past: readonly Decision[],
): Decision {
  const { at, count } = now;
  const wanted = within(policy, wantedBy(policy, readings, count));
  const { windowSeconds } = policy.down;
  const recent = past.filter((decision) => decision.at > at - windowSeconds);
  const most = Math.max(wanted, ...recent.map((decision) => decision.wanted));
  // Up at once; down only to the most of the window, and never up because of it.
  const stable = wanted > count ? wanted : Math.min(count, most);
  return { at, wanted, count: within(policy, limited(policy, stable, now, past)) };
}

function wantedBy({ targets }: Policy, readings: Readings, count: number): number {
  const counts = targets.flatMap(({ reading, value }) => {
    const current = readings[reading];
    if (current === undefined) return [];
    const ratio = current / value;
    return [Math.abs(ratio - 1) <= TOLERANCE ? count : Math.ceil(count * ratio)];
  });
  return counts.length === 0 ? count : Math.max(...counts);
}

function within({ floor, ceiling }: Policy, count: number): number {
  return Math.min(ceiling, Math.max(floor, count));
}

/** No further from the number at the start of the period than the policy allows. */
function limited(
  { up, down }: Policy,
  stable: number,
  { at, count }: { readonly at: number; readonly count: number },
  past: readonly Decision[],
): number {
  const since = (periodSeconds: number) =>
    past.findLast((decision) => decision.at <= at - periodSeconds)?.count ??
    past[0]?.count ??
    count;
  if (stable > count) {
    const before = Math.min(count, since(up.periodSeconds));
    return Math.max(count, Math.min(stable, Math.max(2 * before, before + up.step)));
  }
  const before = Math.max(count, since(down.periodSeconds));
  return Math.min(count, Math.max(stable, before - down.step));
}
