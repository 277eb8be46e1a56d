// The promises of Meetinity to people, as numbers. Alerts, dashboards, runbooks and the load test
// are made from this table; burn.ts has the arithmetic. To change a promise, change it here and run
// `npm run ops`.

/** A condition on a label: one of the values, or none of them. */
export interface Condition {
  readonly label: string;
  readonly is: "in" | "notIn";
  readonly values: readonly string[];
}

/** How what happened is counted, from metrics of the processes. */
export type Indicator =
  | {
      /** A counter with a label `outcome`. What the client did wrong, `refused`, is left out. */
      readonly kind: "outcomes";
      readonly metric: string;
      readonly where: readonly Condition[];
    }
  | {
      /** A histogram; `seconds` is one of its bounds. */
      readonly kind: "duration";
      readonly metric: string;
      readonly where: readonly Condition[];
      readonly seconds: number;
    }
  | {
      /** A gauge: the time that it is above `atMost` is bad. */
      readonly kind: "level";
      readonly metric: string;
      readonly where: readonly Condition[];
      readonly atMost: number;
    };

export interface Slo {
  readonly name: string;
  /** For a heading. */
  readonly title: string;
  readonly promise: string;
  /** The share that is good, over PERIOD_DAYS. */
  readonly target: number;
  readonly indicator: Indicator;
  /** The name of its alerts, and of their page in docs/runbooks. */
  readonly alert: string;
}

export const PERIOD_DAYS = 30;

/** They compute a password's hash or send a mail, so they are slower than others on purpose. */
export const SIGN_INS = [
  "AnswerSecondFactor",
  "Reauthenticate",
  "SignIn",
  "SignInWithMagicCode",
  "SignInWithMagicLink",
  "SignUp",
] as const;

const kind = (...values: string[]): Condition => ({ label: "kind", is: "in", values });
const signIns: Condition = { label: "operation", is: "in", values: SIGN_INS };
const others: Condition = { ...signIns, is: "notIn" };

const answered = (...where: Condition[]): Indicator => ({
  kind: "outcomes",
  metric: "router_operations_total",
  where,
});

const within = (seconds: number, ...where: Condition[]): Indicator => ({
  kind: "duration",
  metric: "router_operation_duration_seconds",
  where,
  seconds,
});

export const SLOS = [
  {
    name: "query-availability",
    title: "Queries answered",
    promise: "99.9 % of queries are answered without a failure of ours, partial answers included.",
    target: 0.999,
    indicator: answered(kind("query")),
    alert: "QueriesFail",
  },
  {
    name: "mutation-availability",
    title: "Mutations answered",
    promise: "99.9 % of mutations are answered without a failure of ours, sign-ins apart.",
    target: 0.999,
    indicator: answered(kind("mutation"), others),
    alert: "MutationsFail",
  },
  {
    name: "sign-in-availability",
    title: "Sign-ins answered",
    promise: "99.9 % of sign-ins are answered without a failure of ours.",
    target: 0.999,
    indicator: answered(signIns),
    alert: "SignInsFail",
  },
  {
    name: "subscription-availability",
    title: "Subscriptions opened",
    promise: "99.9 % of subscriptions open without a failure of ours.",
    target: 0.999,
    indicator: answered(kind("subscription")),
    alert: "SubscriptionsFail",
  },
  {
    name: "query-latency",
    title: "Queries in time",
    promise: "99 % of queries are answered within 0.5 seconds.",
    target: 0.99,
    indicator: within(0.5, kind("query")),
    alert: "QueriesSlow",
  },
  {
    name: "mutation-latency",
    title: "Mutations in time",
    promise: "99 % of mutations are answered within a second, sign-ins apart.",
    target: 0.99,
    indicator: within(1, kind("mutation"), others),
    alert: "MutationsSlow",
  },
  {
    name: "sign-in-latency",
    title: "Sign-ins in time",
    promise: "99 % of sign-ins are answered within 2.5 seconds.",
    target: 0.99,
    indicator: within(2.5, signIns),
    alert: "SignInsSlow",
  },
  {
    name: "delivery-lag",
    title: "Events delivered in time",
    promise: "99 % of live events are written to the client's socket within 0.5 seconds.",
    target: 0.99,
    indicator: {
      kind: "duration",
      metric: "router_delivery_lag_seconds",
      where: [],
      seconds: 0.5,
    },
    alert: "FramesLate",
  },
  {
    name: "projection-freshness",
    title: "Projections up to date",
    promise: "For 99.5 % of the time a subgraph is at most 30 seconds behind the others' events.",
    target: 0.995,
    indicator: {
      kind: "level",
      metric: "integration_behind_seconds",
      where: [],
      atMost: 30,
    },
    alert: "ProjectionsLate",
  },
] as const satisfies readonly Slo[];

export type SloName = (typeof SLOS)[number]["name"];
