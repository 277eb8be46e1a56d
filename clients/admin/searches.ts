// The search parameters of addresses. They are untrusted: anybody can make a link.

import type { RegistrationStatus } from "@meetinity/client/operations";
import { STATUSES } from "./events/board/statuses.ts";

/** Where to go after signing in, inside the portal. */
interface Origin {
  readonly to?: string;
}

export function originOf({ to }: Record<string, unknown>): Origin {
  // Two slashes would lead to another site.
  return typeof to === "string" && /^\/(?!\/)/.test(to) ? { to } : {};
}

/** Which list the page shows. */
interface EventsSearch {
  readonly stage?: "COMING" | "DRAFT" | "PAST" | "CANCELLED";
  readonly q?: string;
}

export function eventsSearchOf({ stage, q }: Record<string, unknown>): EventsSearch {
  const known = (["COMING", "DRAFT", "PAST", "CANCELLED"] as const).find((each) => each === stage);
  return { ...(known && { stage: known }), ...textOf(q) };
}

export function textOf(q: unknown): { readonly q?: string } {
  return typeof q === "string" && q.trim() !== "" ? { q } : {};
}

/** Which registrations the board lists. */
interface BoardSearch {
  readonly status?: RegistrationStatus;
  /** The id of a ticket type. */
  readonly type?: string;
  readonly q?: string;
}

export function boardSearchOf({ status, type, q }: Record<string, unknown>): BoardSearch {
  const known = STATUSES.find((each) => each === status);
  const ofType = typeof type === "string" && type !== "" ? { type } : {};
  return { ...(known && { status: known }), ...ofType, ...textOf(q) };
}
