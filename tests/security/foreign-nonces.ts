// Nonces of gates: one that another event's gate has used is free, and those of an event tell
// nothing to people who may not let anybody in there.
import { expect } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { ask } from "../kit/client.ts";
import { anOpenDoor, ticketsFor } from "../kit/door.ts";
import { aPerson, type Person } from "../kit/stories.ts";

/** An event with its organizer, and a ticket for it. */
interface Gate {
  readonly organizer: Person;
  readonly eventId: string;
  readonly code: string;
}

async function aGate(): Promise<Gate> {
  const organizer = await aPerson();
  const eventId = await anOpenDoor(organizer);
  const { codes } = await ticketsFor(await aPerson(), eventId);
  return { organizer, eventId, code: codes[0] ?? "" };
}

interface Use {
  readonly operation: string;
  input(gate: Gate, nonce: string): object;
}

/** Each input with a nonce. */
export const NONCES = {
  "AddWalkInInput.nonce": {
    operation: "AddWalkIn",
    input: ({ eventId }, nonce) => ({ eventId, nonce }),
  },
  "CheckInInput.nonce": {
    operation: "CheckIn",
    input: ({ eventId, code }, nonce) => ({ eventId, code, nonce }),
  },
  "OfflineCheckInInput.nonce": {
    operation: "SyncCheckIns",
    input: ({ eventId, code }, nonce) => {
      return { eventId, checkIns: [{ code, nonce, scannedAt: new Date() }] };
    },
  },
  "OfflineWalkInInput.nonce": {
    operation: "SyncWalkIns",
    input: ({ eventId }, nonce) => ({ eventId, walkIns: [{ nonce, enteredAt: new Date() }] }),
  },
} as const satisfies Readonly<Record<string, Use>>;

export type Nonce = keyof typeof NONCES;

/** Checks that a nonce of one gate is free at another, and tells its organizer nothing. */
export async function expectFreeNonce(place: Nonce): Promise<void> {
  const [one, other] = await Promise.all([aGate(), aGate()]);
  const nonce = newId();
  const made = [await use(place, one.organizer, one, nonce)];
  made.push(await use(place, other.organizer, other, nonce));
  const ids = made.map(
    ({ text }) => /"(?:walkIn|checkIn)":\{[^{}]*?"id":"([^"]*)"/.exec(text)?.[1],
  );
  expect(ids.filter((id) => id !== undefined)).toHaveLength(2);
  expect(new Set(ids).size).toBe(2);
  const refused = await use(place, other.organizer, one, nonce);
  expect(refused.text).toContain("FORBIDDEN");
  expect(refused).toEqual(await use(place, other.organizer, one, newId()));
}

/** The answer to a use of a nonce, as text without what differs each time. */
async function use(place: Nonce, { token }: Person, gate: Gate, nonce: string) {
  const { operation: name, input }: Use = NONCES[place];
  const variables = { input: input(gate, nonce) };
  const { data, errors } = await ask(operation(name), variables, { as: token });
  const problems = errors?.map(({ message, extensions }) => [message, extensions.code]);
  return { text: JSON.stringify([data, problems]) };
}
