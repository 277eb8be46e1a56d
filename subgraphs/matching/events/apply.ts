// Applies facts about events from their owner. They may come in any order and repeatedly; the
// newest version wins.
import type { Transaction } from "../database.ts";
import { type EventFact, type RegistrationFact, upsertEvent, upsertRegistration } from "./store.ts";

/** Stores an event's state; false when it is not newer than the stored one. */
export async function applyEvent(tx: Transaction, fact: EventFact): Promise<boolean> {
  return upsertEvent(tx, fact);
}

/** Stores a registration's state; false when it is not newer than the stored one. */
export async function applyRegistration(tx: Transaction, fact: RegistrationFact): Promise<boolean> {
  return upsertRegistration(tx, fact);
}
