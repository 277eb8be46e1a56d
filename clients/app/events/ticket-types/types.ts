// The ticket types of an event, as somebody who registers compares them.

import type { Price } from "@meetinity/ui/i18n/prices.ts";
import { sizesOf } from "../party/sizes.ts";

export interface TicketTypeShown {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly price: Price | null;
  readonly quota: number | null;
  readonly seatsLeft: number;
  readonly waitlistLength: number;
  readonly partySizeMax: number | null;
  readonly isHidden: boolean;
}

interface EventWithTypes {
  readonly capacity: number;
  readonly partySizeMax: number;
  readonly seatsLeft: number;
  readonly waitlistLength: number;
  readonly hasWaitlist: boolean;
}

/** Somebody who registers gets seats, joins the waitlist, or finds it full. */
export type Prospect = "free" | "waitlist" | "full";

/** Null for an event without ticket types. */
export function prospectOf(event: EventWithTypes, type: TicketTypeShown | null): Prospect {
  const { seatsLeft, waitlistLength } = type ?? event;
  if (seatsLeft > 0 && waitlistLength === 0) return "free";
  return event.hasWaitlist ? "waitlist" : "full";
}

/** The sizes of a party that can be chosen for a type. */
export function sizesFor(event: EventWithTypes, type: TicketTypeShown | null): number[] {
  const { capacity, partySizeMax } = event;
  return sizesOf({
    capacity: Math.min(capacity, type?.quota ?? capacity),
    partySizeMax: Math.min(partySizeMax, type?.partySizeMax ?? partySizeMax),
  });
}

/** Those that are open to everybody, then hidden ones whose code the reader has entered. */
export function joined(
  open: readonly TicketTypeShown[],
  found: readonly TicketTypeShown[],
): TicketTypeShown[] {
  const known = new Set(open.map(({ id }) => id));
  return [...open, ...found.filter(({ id }) => !known.has(id))];
}
