// The plan of an event: its settings, and steps of things that people do at once.
import fc from "fast-check";
import type { EventSettings } from "./harness.ts";

const KINDS = [
  "register",
  "cancel",
  "remove",
  "accept",
  "decline",
  "approve",
  "refuse",
  "resize",
  "readmit",
] as const;

export interface Action {
  readonly kind: (typeof KINDS)[number];
  /** The number of a person. */
  readonly who: number;
  readonly partySize?: number;
  /** The place of a ticket type; without one, or where it is missing, none. */
  readonly type?: number | undefined;
}

/** A ticket type; hidden, so that people may also register without one. */
export interface PlannedType {
  readonly quota: number | null;
  readonly isReserved?: boolean;
}

export interface SeatSettings extends EventSettings {
  readonly types?: readonly PlannedType[];
}

export interface Step {
  /** The time that passes before it. */
  readonly minutes?: number;
  /** A new capacity, before the actions. */
  readonly capacity?: number | null;
  /** A ticket type is changed, before the actions. */
  readonly change?: (PlannedType & { readonly type: number }) | null;
  /** Whether the event is cancelled, before the actions. */
  readonly cancels?: boolean;
  /** Whether the jobs that are due run beside the actions. */
  readonly works?: boolean;
  readonly actions: readonly Action[];
}

export const PEOPLE = 12;

const action = fc.record({
  kind: fc.constantFrom("register", "register", "register", ...KINDS),
  who: fc.nat(PEOPLE - 1),
  partySize: fc.integer({ min: 1, max: 5 }),
  type: fc.option(fc.nat(3), { nil: undefined, freq: 2 }),
});

const quota = fc.option(fc.integer({ min: 1, max: 6 }), { nil: null, freq: 3 });
const plannedType = fc
  .record({ quota, isReserved: fc.boolean() })
  .map((type) => ({ ...type, isReserved: type.isReserved && type.quota !== null }));

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    minutes: fc.oneof({ weight: 4, arbitrary: fc.nat(30) }, fc.nat(500)),
    capacity: fc.option(fc.integer({ min: 1, max: 9 }), { nil: null, freq: 1 }),
    change: fc.option(
      fc
        .record({ type: fc.nat(2), plan: plannedType })
        .map(({ type, plan }) => ({ type, ...plan })),
      { nil: null, freq: 1 },
    ),
    cancels: fc.oneof({ weight: 40, arbitrary: fc.constant(false) }, fc.constant(true)),
    works: fc.boolean(),
    actions: fc.array(action, { minLength: 1, maxLength: 6 }),
  }),
  { minLength: 4, maxLength: 14 },
);

export const settings = fc.record({
  capacity: fc.integer({ min: 1, max: 8 }),
  passesMax: fc.nat(3),
  hasWaitlist: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
  offerMinutes: fc.option(fc.integer({ min: 5, max: 60 }), { nil: null }),
  isApprovalRequired: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, fc.constant(true)),
  types: fc.array(plannedType, { maxLength: 3 }),
});
