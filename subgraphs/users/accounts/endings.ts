// Ends sessions early, and tells routers, so that they refuse access tokens and end streams.
import { addToOutbox } from "#kit/facts/outbox";
import type { Transaction } from "../database.ts";
import { sessionEndedFact } from "../integration.ts";
import { forgetDevices } from "./devices/store.ts";
import { endOnce } from "./one-time/store.ts";
import { revokeSession, revokeSessions } from "./sessions/store.ts";

/** Ends one session of a person. False when it is not theirs, or has ended already. */
export async function endSession(
  tx: Transaction,
  session: { readonly id: string; readonly userId: string },
  revokedAt: Date,
): Promise<boolean> {
  const hasEnded = await revokeSession(tx, session, revokedAt);
  if (hasEnded) await addToOutbox(tx, [sessionEndedFact({ ...session, revokedAt })]);
  return hasEnded;
}

/**
 * Ends all sessions of a person, or all but one. Returns how many. Their devices are forgotten, but
 * for that of the one: a sign-in on them is told by mail, as on any new device. A sign-in
 * that waits for its second factor ends too: it may have begun with a password that counts no more.
 */
export async function endSessions(
  tx: Transaction,
  { userId, except }: { readonly userId: string; readonly except?: string },
  revokedAt: Date,
): Promise<number> {
  const ids = await revokeSessions(tx, { userId, except: except ?? null }, revokedAt);
  await forgetDevices(tx, ids, except ?? null);
  await addToOutbox(
    tx,
    ids.map((id) => sessionEndedFact({ id, userId, revokedAt })),
  );
  await endOnce(tx, userId, "second-factor", revokedAt);
  return ids.length;
}
