// A person whose account is erased may have a token that is valid for minutes more: nothing that
// they send is stored. A writer that was there before the end of the erasure is waited for.
import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { admitWriter, recordErasure } from "../../../kit/erasures/store.ts";
import { operation } from "../../../schema/operations.ts";
import { erasingOfAccounts } from "../../../subgraphs/events/erasures/jobs.ts";
import { PrismaClient } from "../../../subgraphs/events/generated/prisma/client.ts";
import { insertEvent } from "../../../subgraphs/events/planning/events/store.ts";
import { ask } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { moveEvent, scan, ticketsFor } from "../../kit/door.ts";
import { editing } from "../../kit/edited-sql.ts";
import { eraseIn } from "../../kit/erasures.ts";
import { type OwnDatabase, openOwnDatabase } from "../../kit/own-database.ts";
import { placesOf } from "../../kit/places.ts";
import { anEvent, aRegistration, eventInput, tokenHolders } from "../../kit/stories.ts";

const HOUR_MS = 3_600_000;

test("an erased account stores nothing with a token that is still valid", async () => {
  const [ada, bob] = await tokenHolders(2);
  const own = await anEvent(ada.token, { startsInMs: HOUR_MS });
  const { codes } = await ticketsFor(bob, own);
  const other = await anEvent(bob.token);
  const past = await anEvent(bob.token);
  const registrationId = (await aRegistration(ada.token, past)).id;
  await moveEvent(past, -48 * HOUR_MS);
  await eraseIn("events", ada.id);
  const before = await placesOf("events", ada.id);
  const nonce = () => randomUUID();
  const scanned = { code: codes[0], nonce: nonce(), scannedAt: new Date().toISOString() };
  const walkIn = { nonce: nonce(), partySize: 1, enteredAt: scanned.scannedAt };
  const requests: [string, object][] = [
    ["RegisterForEvent", { eventId: other }],
    ["CreateEvent", eventInput({ idempotencyKey: "mine" })],
    ["DuplicateEvent", { eventId: own, startsAt: new Date(Date.now() + 1e9).toISOString() }],
    ["UpdateEvent", { eventId: own, title: "Written after the end" }],
    ["CancelEvent", { eventId: own, reason: "Written after the end" }],
    ["SetQuestions", { eventId: own, questions: [{ kind: "TEXT", text: "Where to?" }] }],
    ["AddHost", { eventId: own, userId: bob.id, rights: ["EDIT"] }],
    ["CreateRegistrationsExport", { eventId: own }],
    ["CheckIn", { eventId: own, code: codes[0], nonce: nonce(), gate: "North" }],
    ["SyncCheckIns", { eventId: own, gate: "North", checkIns: [scanned] }],
    ["AddWalkIn", { eventId: own, nonce: nonce(), label: "A friend", gate: "North" }],
    ["SyncWalkIns", { eventId: own, gate: "North", walkIns: [walkIn] }],
    ["ChangeVisibility", { registrationId, isHidden: true }],
  ];
  for (const [name, input] of requests) {
    const { errors } = await ask(operation(name), { input }, { as: ada.token });
    expect([name, errors?.map(({ extensions }) => extensions.code)]).toEqual([
      name,
      ["UNAUTHENTICATED"],
    ]);
  }
  expect(await placesOf("events", ada.id)).toEqual(before);
  expect(before).not.toContain("stream.id");
});

test("an erased account gets no stream again by what others do with its registrations", async () => {
  const [ada, bob] = await tokenHolders(2);
  const eventId = await anEvent(bob.token);
  const { codes } = await ticketsFor(ada, eventId);
  await moveEvent(eventId, -3 * HOUR_MS);
  await eraseIn("events", ada.id);
  const code = codes[0] ?? "";
  expect(await scan(bob.token, { code, eventId })).toMatchObject({ __typename: "CheckInSuccess" });
  const { rows } = await withDatabase("events", (client) =>
    client.query("select from stream where id = $1", [`person:${ada.id}`]),
  );
  expect(rows).toHaveLength(0);
});

describe("a writer that was admitted before the end of an erasure", () => {
  let own: OwnDatabase;
  let database: PrismaClient;
  beforeAll(async () => {
    own = await openOwnDatabase("events");
    database = new PrismaClient({ adapter: new PrismaPg({ connectionString: own.url }) });
  });
  afterAll(async () => {
    await database.$disconnect();
    await own.drop();
  });

  const someoneWaits = () =>
    vi.waitFor(async () => {
      const rows = await database.$queryRaw<object[]>`
        select 1 from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`;
      expect(rows).toHaveLength(1);
    }, 20_000);

  /** Makes a draft as a person whose account is erased meanwhile, and counts the drafts left. */
  async function draftsLeft(writer: PrismaClient): Promise<number> {
    const userId = newId();
    const erasure = { userId, erasureId: newId() };
    const { signal } = new AbortController();
    const job = { id: newId(), key: "erasure", payload: erasure, attempt: 1, signal };
    let erasing: Promise<void> | undefined;
    await writer.$transaction(
      async (tx) => {
        await admitWriter(tx, userId);
        await insertEvent(tx, draftOf(userId));
        await recordErasure(database, erasure);
        erasing = erasingOfAccounts(database).run({ ...job, done: async () => {} });
        await Promise.race([erasing, someoneWaits()]);
      },
      { timeout: 30_000 },
    );
    await erasing;
    return database.event.count({ where: { organizerId: userId } });
  }

  test("is waited for, and what it has stored is erased", async () => {
    expect(await draftsLeft(database)).toBe(0);
  });

  test("leaves a draft behind when nobody waits for it", async () => {
    expect(await draftsLeft(editing(database, "pg_advisory_xact_lock_shared", "abs"))).toBe(1);
  });
});

function draftOf(organizerId: string) {
  const startsAt = new Date(Date.now() + HOUR_MS);
  const times = { startsAt, endsAt: new Date(startsAt.getTime() + HOUR_MS), createdAt: new Date() };
  const texts = { title: "Late", description: null, venue: null, onlineUrl: null, language: null };
  const seats = { capacity: 1, hasWaitlist: true, partySizeMax: 1, passesMax: 3 };
  const giving = { offerMinutes: null, isApprovalRequired: false };
  const limits = {
    registrationOpensAt: null,
    registrationClosesAt: null,
    cancellationClosesAt: null,
  };
  const key = { idempotencyKey: null, requestHash: null };
  const own = { id: newId(), organizerId, timeZone: "Europe/Berlin", tags: [] };
  return { ...own, ...times, ...texts, ...seats, ...giving, ...limits, ...key };
}
