// Takes and returns offers, one update each that judges the time, and finds those that stand.
import type { Transaction } from "../../database.ts";
import type { Registration } from "../../generated/prisma/client.ts";

/**
 * Confirms an offer whose time is not over. False when there is no such offer. The caller stores
 * the seq of the confirmation.
 */
export async function takeOffer(
  tx: Transaction,
  registrationId: string,
  now: Date,
): Promise<boolean> {
  const taken = await tx.$executeRaw`/* events.offers.take */
    update registration set status = 'CONFIRMED', confirmed_seq = changed_seq
    where id = ${registrationId}::uuid and status = 'OFFERED' and offer_expires_at > ${now}`;
  return taken === 1;
}

/** Declines an offer whose time is not over. False when there is no such offer. */
export async function returnOffer(
  tx: Transaction,
  registrationId: string,
  now: Date,
): Promise<boolean> {
  const returned = await tx.$executeRaw`/* events.offers.return */
    update registration set status = 'DECLINED', cancelled_by = 'ATTENDEE'
    where id = ${registrationId}::uuid and status = 'OFFERED' and offer_expires_at > ${now}`;
  return returned === 1;
}

/** A registration whose seats are offered until this time; null for none. */
export async function findOffer(
  tx: Transaction,
  registrationId: string,
  offerExpiresAt: Date,
): Promise<Pick<Registration, "id" | "attendeeId" | "offerExpiresAt"> | null> {
  return tx.registration.findFirst({
    where: { id: registrationId, status: "OFFERED", offerExpiresAt },
    select: { id: true, attendeeId: true, offerExpiresAt: true },
  });
}
