// Judges an organizer's decision about a registration. Pure: the caller reads the arguments behind
// the lock.

interface Decided {
  readonly status: string;
  readonly cancelledBy: string | null;
}

export type DecisionVerdict =
  | { readonly kind: "decide" }
  | { readonly kind: "decided" }
  | { readonly kind: "wrongStatus" }
  | { readonly kind: "ended"; readonly endedAt: Date };

const ENDED: readonly string[] = ["CANCELLED", "DECLINED", "EXPIRED"];

/** Judges an approval. One that waits or has seats is approved already. */
export function judgeApproval(
  event: { readonly endsAt: Date; readonly status: string },
  { status }: Decided,
  now: Date,
): DecisionVerdict {
  if (ENDED.includes(status)) return { kind: "wrongStatus" };
  if (status !== "PENDING_APPROVAL") return { kind: "decided" };
  const isOver = event.endsAt <= now || event.status === "CANCELLED";
  return isOver ? { kind: "ended", endedAt: event.endsAt } : { kind: "decide" };
}

/** Judges a decline. Only who waits for approval is declined; others are removed. */
export function judgeDecline(
  event: { readonly endsAt: Date; readonly status: string },
  registration: Decided,
  now: Date,
): DecisionVerdict {
  const { status } = registration;
  if (status === "DECLINED" && endedByOrganizer(registration)) return { kind: "decided" };
  if (status !== "PENDING_APPROVAL") return { kind: "wrongStatus" };
  const isOver = event.endsAt <= now || event.status === "CANCELLED";
  return isOver ? { kind: "ended", endedAt: event.endsAt } : { kind: "decide" };
}

/** Whether the organizer has declined or removed a registration. */
export function endedByOrganizer({ status, cancelledBy }: Decided): boolean {
  return ENDED.includes(status) && cancelledBy === "ORGANIZER";
}
