// The states of a registration as the board shows them.
import type { ManagedEventQuery, RegistrationStatus } from "@meetinity/client/operations";

/** In the order of the tabs. */
export const STATUSES = [
  "PENDING_APPROVAL",
  "CONFIRMED",
  "CHECKED_IN",
  "NO_SHOW",
  "OFFERED",
  "WAITLISTED",
  "DECLINED",
  "EXPIRED",
  "CANCELLED",
] as const satisfies readonly RegistrationStatus[];

/** Always there, so that tabs do not come and go under the pointer. */
const USUAL: readonly RegistrationStatus[] = ["CONFIRMED", "WAITLISTED", "CANCELLED"];

type Totals = NonNullable<NonNullable<ManagedEventQuery["event"]>["registrationTotals"]>;

export interface StatusTotal {
  readonly status: RegistrationStatus;
  readonly count: number;
  readonly seats: number;
}

/** The usual states, and those in which there is somebody. */
export function totalsOf(totals: Totals | null | undefined): StatusTotal[] {
  return STATUSES.flatMap((status) => {
    const total = totals?.find((each) => each.status === status);
    const { count = 0, seats = 0 } = total ?? {};
    return count > 0 || USUAL.includes(status) ? [{ status, count, seats }] : [];
  });
}

/** A registration that has not ended may be removed. */
export function isActive(status: RegistrationStatus): boolean {
  return !["DECLINED", "EXPIRED", "CANCELLED"].includes(status);
}
