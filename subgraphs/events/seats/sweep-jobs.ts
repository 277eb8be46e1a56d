// The jobs that sweep an event's list later. `offers/jobs.ts` runs them.
import { z } from "zod";
import { enqueue, jobKind, jobOf } from "#kit/jobs/kinds";
import type { Transaction } from "../database.ts";
import { lapsesOf } from "./lapses.ts";
import type { StoredRegistration } from "./registrations/store.ts";

/** Sweeps an event's list again: when an offer ends, or where a sweep has stopped. */
export const sweepAgain = jobKind(
  "seats.sweep",
  z.object({ eventId: z.string(), notBefore: z.iso.datetime() }),
);

/**
 * Jobs for the end of each new offer and for the notice before it, and one at once when this sweep
 * has stopped early.
 */
export async function enqueueSweeps(
  tx: Transaction,
  eventId: string,
  stored: readonly StoredRegistration[],
  { isCut, now }: { readonly isCut: boolean; readonly now: Date },
): Promise<void> {
  const offers = stored.filter(({ status }) => status === "OFFERED");
  const ends = offers.map(({ offerExpiresAt }) => offerExpiresAt?.toISOString() ?? "");
  const at = new Set([...ends, ...(isCut ? [now.toISOString()] : [])]);
  const seq = Math.max(0, ...stored.map(({ changedSeq }) => changedSeq));
  const sweeps = [...at].map((notBefore) =>
    jobOf(
      sweepAgain,
      { eventId, notBefore },
      { key: `${eventId}:${seq}:${notBefore}`, runAt: new Date(notBefore) },
    ),
  );
  await enqueue(tx, [...sweeps, ...lapsesOf(offers, now)]);
}
