// Changes what access tokens count for that are out already, and tells routers, within a second.
// The scopes of newer tokens are decided when they are issued.
import { addToOutbox } from "#kit/facts/outbox";
import type { Transaction } from "../database.ts";
import { scopeGrantedFact, tokenVersionRaisedFact } from "../integration.ts";
import { lockTokenVersion, raiseTokenVersion } from "./standing/store.ts";

/**
 * Refuses all access tokens of a person that are out, and ends their streams: in the transaction
 * that takes something away which they say. Clients refresh and go on; sessions stay.
 */
export async function refuseTokens(tx: Transaction, personId: string, now: Date): Promise<void> {
  const tokenVersion = await raiseTokenVersion(tx, personId);
  await addToOutbox(tx, [tokenVersionRaisedFact(personId, tokenVersion, now)]);
}

/**
 * Adds a scope to the person's access tokens that are out, so that nobody has to refresh. To take a
 * scope away, refuse the tokens. To let the caller's next request have it, call `untilPublished`
 * (kit/facts/published.ts) after the commit.
 */
export async function addScopeToTokens(
  tx: Transaction,
  personId: string,
  scope: string,
  now: Date,
): Promise<void> {
  const tokenVersion = await lockTokenVersion(tx, personId);
  await addToOutbox(tx, [scopeGrantedFact({ userId: personId, scope, tokenVersion }, now)]);
}
