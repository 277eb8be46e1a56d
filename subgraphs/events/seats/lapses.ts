// Offers that end soon: the job that tells their people, and when. `offers/jobs.ts` runs it.
import { z } from "zod";
import { jobKind, jobOf, type NewJob } from "#kit/jobs/kinds";
import type { StoredRegistration } from "./registrations/store.ts";

const HOUR_MS = 3_600_000;
/** People are told so long before the end of an offer. */
const AHEAD_MS = HOUR_MS;
/** A shorter offer is told only when it is made. */
const OFFER_MS_MIN = 2 * HOUR_MS;

/** Tells a person that the seats are kept for them not much longer. */
export const tellLapse = jobKind(
  "offers.lapse",
  z.object({ eventId: z.string(), registrationId: z.string(), offerExpiresAt: z.iso.datetime() }),
);

type Offer = Pick<StoredRegistration, "id" | "eventId" | "offerExpiresAt">;

/** One job for each offer that is long enough. */
export function lapsesOf(offers: readonly Offer[], now: Date): NewJob[] {
  return offers.flatMap(({ id, eventId, offerExpiresAt }) => {
    if (!offerExpiresAt || offerExpiresAt.getTime() - now.getTime() < OFFER_MS_MIN) return [];
    const end = offerExpiresAt.toISOString();
    const payload = { eventId, registrationId: id, offerExpiresAt: end };
    const runAt = new Date(offerExpiresAt.getTime() - AHEAD_MS);
    return [jobOf(tellLapse, payload, { key: `${id}:${end}`, runAt })];
  });
}
