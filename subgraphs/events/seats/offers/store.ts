// Takes and returns offers: one update each that judges the time.
import type { Transaction } from "../../database.ts";

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
