// What a gate shows: the event's counters, the last scan, and how old its list is.

export type Fault = "FORGED" | "OTHER_EVENT" | "REPLACED";

/** The answer to one scan, or to one walk-in. */
export type Shown =
  | {
      readonly kind: "in";
      readonly name: string | null;
      readonly seat: number;
      readonly partySize: number;
      readonly come: number;
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
      readonly isOffline: boolean;
      readonly undo: Undo;
    }
  | { readonly kind: "full"; readonly seatsLeft: number }
  | { readonly kind: "undone" }
  | { readonly kind: "failed"; readonly error: unknown };

/** How to take something back: where the server knows it by its id, otherwise from what waits. */
export type Undo =
  | { readonly kind: "checkIn" | "walkIn"; readonly id: string }
  | { readonly kind: "waiting"; readonly nonce: string };

export interface Counters {
  readonly seatsCheckedIn: number;
  readonly seatsTaken: number;
  readonly seatsLeft: number;
}

export interface GateState {
  readonly status: "loading" | "ready" | "forbidden" | "unknown";
  readonly isOnline: boolean;
  /** When the list was last known to be complete, in milliseconds; null when there is none. */
  readonly readAt: number | null;
  readonly counters: Counters | null;
  /** How many scans and walk-ins the server does not know yet. */
  readonly waiting: number;
  /** How many of those that were sent turned out to be conflicts or were refused. */
  readonly troubles: number;
  readonly shown: Shown | null;
  /** Grows with each answer, so that equal ones are announced again. */
  readonly shownCount: number;
}

export const STARTING: GateState = {
  status: "loading",
  isOnline: true,
  readAt: null,
  counters: null,
  waiting: 0,
  troubles: 0,
  shown: null,
  shownCount: 0,
};
