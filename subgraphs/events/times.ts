// The times of an event: which make sense together, and what they allow. Pure: no clock, no
// database.

export const DURATION_DAYS_MAX = 30;
const DAY_MS = 86_400_000;

interface Span {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface EventTimes extends Span {
  readonly registrationOpensAt: Date | null;
  readonly registrationClosesAt: Date | null;
  readonly cancellationClosesAt: Date | null;
}

export interface TimeMistake {
  readonly field: keyof EventTimes;
  readonly message: string;
}

/** The mistakes in the times of a new event. */
export function newTimeMistakes(times: EventTimes, now: Date): TimeMistake[] {
  return [...pastMistakes(times, ["startsAt"], now), ...timeMistakes(times)];
}

/** The mistakes in the changed times of an event. What has passed may stay, but not be chosen. */
export function changedTimeMistakes(
  times: EventTimes,
  changed: readonly string[],
  now: Date,
): TimeMistake[] {
  const chosen = (["startsAt", "endsAt"] as const).filter((field) => changed.includes(field));
  return [...pastMistakes(times, chosen, now), ...timeMistakes(times)];
}

function pastMistakes(times: Span, fields: readonly (keyof Span)[], now: Date): TimeMistake[] {
  const past = fields.filter((field) => times[field] <= now);
  return past.map((field) => ({ field, message: "must be in the future" }));
}

/** The mistakes in times that do not fit each other. */
function timeMistakes(times: EventTimes): TimeMistake[] {
  const { startsAt, endsAt, registrationOpensAt, registrationClosesAt } = times;
  const mistakes: TimeMistake[] = [];
  const mustBe = (isRight: boolean, field: keyof EventTimes, message: string) => {
    if (!isRight) mistakes.push({ field, message: `must be ${message}` });
  };
  const durationMs = endsAt.getTime() - startsAt.getTime();
  mustBe(durationMs > 0, "endsAt", "after startsAt");
  mustBe(
    durationMs <= DURATION_DAYS_MAX * DAY_MS,
    "endsAt",
    `at most ${DURATION_DAYS_MAX} days after startsAt`,
  );
  if (registrationOpensAt) {
    mustBe(registrationOpensAt < endsAt, "registrationOpensAt", "before endsAt");
  }
  if (registrationClosesAt) {
    mustBe(registrationClosesAt <= endsAt, "registrationClosesAt", "at endsAt or before");
    const opens = registrationOpensAt ?? new Date(0);
    mustBe(opens < registrationClosesAt, "registrationClosesAt", "after registrationOpensAt");
  }
  if (times.cancellationClosesAt) {
    mustBe(times.cancellationClosesAt <= startsAt, "cancellationClosesAt", "at startsAt or before");
  }
  return mistakes;
}

/** True when an event is over: only its description can change. */
export function hasEnded(event: Pick<Span, "endsAt">, now: Date): boolean {
  return event.endsAt <= now;
}

export interface Cancelled {
  readonly kind: "eventCancelled";
  readonly cancelledAt: Date;
}

/** Why a cancelled event refuses every change; null for others. */
export function cancelledOf(event: { readonly cancelledAt: Date | null }): Cancelled | null {
  const { cancelledAt } = event;
  return cancelledAt && { kind: "eventCancelled", cancelledAt };
}

type Registering = EventTimes & { readonly cancelledAt: Date | null };

export type RegistrationRefusal =
  | Cancelled
  | { readonly kind: "ended"; readonly endedAt: Date }
  | { readonly kind: "notOpen"; readonly opensAt: Date }
  | { readonly kind: "closed"; readonly closedAt: Date | null };

/** Why an event takes no registration now; null when it does. */
export function registrationRefusal(event: Registering, now: Date): RegistrationRefusal | null {
  const { endsAt, registrationOpensAt, registrationClosesAt } = event;
  const cancelled = cancelledOf(event);
  if (cancelled) return cancelled;
  if (hasEnded(event, now)) return { kind: "ended", endedAt: endsAt };
  if (registrationOpensAt && now < registrationOpensAt) {
    return { kind: "notOpen", opensAt: registrationOpensAt };
  }
  if (registrationClosesAt && registrationClosesAt <= now) {
    return { kind: "closed", closedAt: registrationClosesAt };
  }
  return null;
}

export type CancellationRefusal =
  | Cancelled
  | { readonly kind: "cancellationClosed"; readonly closedAt: Date };

/** Why a registration cannot be cancelled now; those who manage the event are not bound in time. */
export function cancellationRefusal(
  event: Registering,
  isManager: boolean,
  now: Date,
): CancellationRefusal | null {
  const cancelled = cancelledOf(event);
  if (cancelled) return cancelled;
  const closedAt = event.cancellationClosesAt;
  const isLate = closedAt !== null && closedAt <= now && !isManager;
  return isLate ? { kind: "cancellationClosed", closedAt } : null;
}
