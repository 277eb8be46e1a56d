// Checks the times of a new event, and whether an event is over. Pure: no clock, no database.

const DURATION_DAYS_MAX = 30;
const DAY_MS = 86_400_000;

interface Times {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface TimeMistake {
  readonly field: "startsAt" | "endsAt";
  readonly message: string;
}

/** The mistakes in the times of a new event. */
export function timeMistakes({ startsAt, endsAt }: Times, now: Date): TimeMistake[] {
  const mistakes: TimeMistake[] = [];
  if (startsAt <= now) mistakes.push({ field: "startsAt", message: "must be in the future" });
  const durationMs = endsAt.getTime() - startsAt.getTime();
  if (durationMs <= 0) mistakes.push({ field: "endsAt", message: "must be after startsAt" });
  if (durationMs > DURATION_DAYS_MAX * DAY_MS) {
    mistakes.push({
      field: "endsAt",
      message: `must be at most ${DURATION_DAYS_MAX} days after startsAt`,
    });
  }
  return mistakes;
}

/** True when an event is over: then it cannot be published. */
export function hasEnded(event: Pick<Times, "endsAt">, now: Date): boolean {
  return event.endsAt <= now;
}
