// Who may see and run an event, and whether a new one makes sense. Pure: no clock, no database.
import type { Viewer } from "#kit/identity";

interface Owned {
  readonly organizerId: string;
  readonly status: "DRAFT" | "PUBLISHED";
}

const ADMIN_SCOPE = "admin";

export function isAdmin(viewer: Viewer | null): boolean {
  return viewer?.scopes.includes(ADMIN_SCOPE) ?? false;
}

/** Its organizer and admins run an event. */
export function canRun(event: Owned, viewer: Viewer | null): boolean {
  return viewer !== null && (viewer.id === event.organizerId || isAdmin(viewer));
}

/** Everybody sees a published event; a draft exists only for those who run it. */
export function canSee(event: Owned, viewer: Viewer | null): boolean {
  return event.status === "PUBLISHED" || canRun(event, viewer);
}

export const DURATION_DAYS_MAX = 30;
const DAY_MS = 86_400_000;

interface Times {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface TimeMistake {
  readonly field: "startsAt" | "endsAt";
  readonly message: string;
}

/** What is wrong with the times of a new event; empty when nothing is. */
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

/** An event that has not ended can be published, registered for and cancelled. */
export function hasEnded(event: Pick<Times, "endsAt">, now: Date): boolean {
  return event.endsAt <= now;
}
