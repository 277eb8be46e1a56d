// Applies one fact about events, told by its owner: in any order, any number of times, the newest
// version wins.
import type { Transaction } from "../context.ts";
import { type EventFact, type RegistrationFact, upsertEvent, upsertRegistration } from "./store.ts";

/** Takes an event's state in. False when it is known, or older than known. */
export async function applyEvent(tx: Transaction, fact: EventFact): Promise<boolean> {
  return upsertEvent(tx, fact);
}

/** Takes a registration's state in. False when it is known, or older than known. */
export async function applyRegistration(tx: Transaction, fact: RegistrationFact): Promise<boolean> {
  return upsertRegistration(tx, fact);
}
