// The shape of a demo event.
import type { LocalTime } from "../local-time.ts";

export interface EventPlan {
  readonly title: string;
  /** Parts of lines; an empty one begins a paragraph. */
  readonly description: readonly string[];
  readonly venue: string;
  readonly timeZone: string;
  /** In that zone. */
  readonly starts: LocalTime;
  readonly durationMinutes: number;
  readonly capacity: number;
  readonly hasWaitlist: boolean;
  readonly tags: readonly string[];
  /** How long a free seat is offered to a person on the waitlist. */
  readonly offerMinutes?: number;
  /** Its registrations need approval: so many of the first guests have it. */
  readonly approves?: number;
  /** Guests who cancel once all have registered, so that their seats are offered. */
  readonly givesUp?: readonly string[];
  /** An account. The title is unique among the events of its organizer. */
  readonly organizer: string;
  readonly isDraft: boolean;
  /** The guests choose them in turn. */
  readonly ticketTypes?: readonly PlannedType[];
  /** Its questions for those who register. */
  readonly questions?: readonly PlannedQuestion[];
  /** Accounts that help the organizer: at the door, and with the people. */
  readonly hosts?: readonly string[];
  readonly onlineUrl?: string;
  readonly language?: string;
  /** Why its organizer cancels it once the guests have registered. */
  readonly cancelledBecause?: string;
  /** They register in this order. */
  readonly guests: readonly Guest[];
}

export interface PlannedType {
  readonly name: string;
  readonly description?: string;
  readonly quota?: number;
  readonly isReserved?: boolean;
  /** Without it, it is free. */
  readonly price?: { readonly amount: number; readonly currency: string };
}

export interface PlannedQuestion {
  readonly text: string;
  /** Without options, an answer is a text. */
  readonly options?: readonly string[];
  readonly isRequired: boolean;
  /** The guests give them in turn. */
  readonly answers: readonly string[];
}

export interface Guest {
  readonly account: string;
  /** Seats: the person and their companions. */
  readonly partySize: number;
}
