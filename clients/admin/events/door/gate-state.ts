// The state that a gate shows: the event's counters, the last scan, and how old its list is.
import { createObservable, type Observable } from "@meetinity/client";
import type { StoredType } from "./stored-door.ts";

export type Fault = "FORGED" | "OTHER_EVENT" | "REPLACED";

/** The answer to one scan, or to one walk-in. */
export type Shown =
  | {
      readonly kind: "in";
      readonly name: string | null;
      readonly seat: number;
      readonly partySize: number;
      readonly come: number;
      /** With the price to pay at the door; null at events without types. */
      readonly ticketType: Pick<StoredType, "name" | "price"> | null;
      readonly isConflict: boolean;
      /** The signature could not be checked here. */
      readonly isUnverified: boolean;
      readonly isOffline: boolean;
      readonly undo: Undo;
    }
  | {
      readonly kind: "already";
      readonly name: string | null;
      readonly scannedAt: string | null;
      readonly gate: string;
      readonly by: string | null;
      readonly isOffline: boolean;
    }
  | { readonly kind: "notValid"; readonly fault: Fault; readonly isOffline: boolean }
  | { readonly kind: "notSeated"; readonly name: string | null; readonly isOffline: boolean }
  | { readonly kind: "closed"; readonly opensAt: string | null; readonly closesAt: string | null }
  | {
      readonly kind: "walkIn";
      readonly partySize: number;
      readonly ticketType: Pick<StoredType, "name" | "price"> | null;
      readonly isOffline: boolean;
      readonly undo: Undo;
    }
  | { readonly kind: "full"; readonly seatsLeft: number }
  | { readonly kind: "undone" }
  | { readonly kind: "failed"; readonly error: unknown };

/** How to take something back: where the server knows it by its id, otherwise from what waits. */
export type Undo = UndoStored | { readonly kind: "waiting"; readonly nonce: string };

export interface UndoStored {
  readonly kind: "checkIn" | "walkIn";
  readonly id: string;
}

export interface Counters {
  readonly seatsCheckedIn: number;
  readonly seatsTaken: number;
  readonly seatsLeft: number;
}

/** Of an event with more fields. */
export function countersOf({ seatsCheckedIn, seatsTaken, seatsLeft }: Counters): Counters {
  return { seatsCheckedIn, seatsTaken, seatsLeft };
}

export interface GateState {
  readonly status: "loading" | "ready" | "forbidden" | "unknown";
  readonly isOnline: boolean;
  /** When the list was last known to be complete, in milliseconds; null when there is none. */
  readonly readAt: number | null;
  readonly counters: Counters | null;
  readonly types: readonly StoredType[];
  /** How many scans and walk-ins the server does not know yet. */
  readonly waiting: number;
  /** How many of those that were sent turned out to be conflicts or were refused. */
  readonly troubles: number;
  readonly shown: Shown | null;
  /** Grows with each answer, so that equal ones are announced again. */
  readonly shownCount: number;
}

const STARTING: GateState = {
  status: "loading",
  isOnline: true,
  readAt: null,
  counters: null,
  types: [],
  waiting: 0,
  troubles: 0,
  shown: null,
  shownCount: 0,
};

export interface MutableState extends Observable<GateState> {
  /** Tells listeners when something is another value. */
  change(change: Partial<GateState>): void;
}

export function createState(): MutableState {
  const { getSnapshot, subscribe, set } = createObservable(STARTING);
  return {
    getSnapshot,
    subscribe,
    change(change) {
      const state = getSnapshot();
      const names = Object.keys(change) as (keyof GateState)[];
      if (names.some((name) => state[name] !== change[name])) set({ ...state, ...change });
    },
  };
}
