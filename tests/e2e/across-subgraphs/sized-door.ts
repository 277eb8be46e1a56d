// The operations of the door, as they are run with lists of 1 and of 20, or of the largest party.
import { randomUUID } from "node:crypto";
import { anOpenDoor, aWalkIn, scan, sync, ticketsFor } from "../../kit/door.ts";
import { type Person, tokenHolders } from "../../kit/stories.ts";
import { input, type SizedRun } from "./sized-run.ts";

const PARTY_MAX = 10;

const partyOf = (size: number) => Math.min(size, PARTY_MAX);

/** An event whose door is open, with so many registrations, and a code of each. */
async function seated(organizer: Person, count: number) {
  const eventId = await anOpenDoor(organizer, { capacity: 100 });
  const codes: string[] = [];
  for (const guest of await tokenHolders(count)) {
    codes.push(...(await ticketsFor(guest, eventId)).codes);
  }
  return { eventId, codes };
}

/** An event with one party of which all but the first have come. */
async function nearlyIn(organizer: Person, guest: Person, size: number) {
  const eventId = await anOpenDoor(organizer, { capacity: 100 });
  const { id, codes } = await ticketsFor(guest, eventId, partyOf(size));
  for (const code of codes.slice(1)) await scan(organizer.token, { code, eventId });
  return { eventId, registrationId: id, code: codes[0] ?? "" };
}

const offline = (code: string) => ({
  code,
  nonce: randomUUID(),
  scannedAt: new Date(Date.now() - 60_000).toISOString(),
});

/** By the operation's name. */
export const DOOR_RUNS: Readonly<Record<string, SizedRun>> = {
  MyTickets: async ({ ada, mia }, size) => {
    const { eventId, code } = await nearlyIn(ada, mia, size);
    await scan(ada.token, { eventId, code });
    return { as: mia, variables: { eventId } };
  },
  RenewTickets: async ({ ada, mia }, size) => {
    const { eventId, registrationId, code } = await nearlyIn(ada, mia, size);
    await scan(ada.token, { eventId, code });
    return input(mia, { registrationId });
  },
  CheckIn: async ({ ada, mia }, size) => {
    const { eventId, code } = await nearlyIn(ada, mia, size);
    return input(ada, { eventId, code, nonce: randomUUID() });
  },
  UndoCheckIn: async ({ ada, mia }, size) => {
    const { eventId, code } = await nearlyIn(ada, mia, size);
    const { checkIn } = await scan(ada.token, { eventId, code });
    return input(ada, { checkInId: checkIn?.id });
  },
  SyncCheckIns: async ({ ada }, size) => {
    const { eventId, codes } = await seated(ada, size);
    return input(ada, { eventId, checkIns: codes.map(offline) });
  },
  SyncWalkIns: async ({ ada }, size) => {
    const eventId = await anOpenDoor(ada, { capacity: 100 });
    const enteredAt = new Date(Date.now() - 60_000).toISOString();
    const walkIns = Array.from({ length: size }, () => ({ nonce: randomUUID(), enteredAt }));
    return input(ada, { eventId, walkIns });
  },
  DoorList: async ({ ada }, first) => {
    const { eventId } = await seated(ada, first);
    return { as: ada, variables: { eventId, first } };
  },
  DoorUpdated: async ({ ada, mia }, size) => {
    const { eventId, code } = await nearlyIn(ada, mia, size);
    await scan(ada.token, { eventId, code });
    // The last update: the registration and all scans but one come before it.
    return { as: ada, variables: { eventId, after: partyOf(size) } };
  },
  CheckIns: async ({ ada }, first) => {
    const { eventId, codes } = await seated(ada, first);
    for (const gate of ["A", "B"]) await sync(ada.token, eventId, gate, codes.map(offline));
    return { as: ada, variables: { eventId, first, isConflict: true } };
  },
  WalkIns: async ({ ada }, first) => {
    const eventId = await anOpenDoor(ada, { capacity: 100 });
    for (let at = 0; at < first; at += 1) await aWalkIn(ada.token, eventId);
    return { as: ada, variables: { eventId, first } };
  },
};
