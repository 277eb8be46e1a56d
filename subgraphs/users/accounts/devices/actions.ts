// Ends sessions of the viewer, from the list of their devices.
import { inTransaction } from "#kit/data/database";
import { isId } from "#kit/data/id";
import { requireSignedIn } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import { endSession, endSessions } from "../endings.ts";
import { forgetDevices, hasSession } from "./store.ts";

export type EndSessionOutcome = { readonly kind: "ended" } | { readonly kind: "notFound" };

/**
 * Ends a session of the viewer, who may have ended it already. Its device is forgotten, unless it
 * is the one that the viewer uses: somebody else may have it now.
 */
export async function endOwnSession(context: Context, id: string): Promise<EndSessionOutcome> {
  const { id: userId, sessionId } = requireSignedIn(context);
  if (!isId(id)) return { kind: "notFound" };
  return inTransaction(context.database, async (tx) => {
    if (await endSession(tx, { id, userId }, context.now())) {
      await forgetDevices(tx, [id], sessionId);
      return { kind: "ended" };
    }
    return { kind: (await hasSession(tx, { id, userId })) ? "ended" : "notFound" };
  });
}

/** Ends all sessions of the viewer but this one. Returns how many. */
export async function endOtherSessions(context: Context): Promise<number> {
  const { id: userId, sessionId } = requireSignedIn(context);
  return inTransaction(context.database, (tx) =>
    endSessions(tx, { userId, except: sessionId }, context.now()),
  );
}
