// Whatever happens to the files of a person, in whatever order and at once, the room that is
// counted is the bytes that are kept.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { lockUsage } from "../../../kit/files/store.ts";
import type { Ticket } from "../../../kit/files/uploads.ts";
import type { Transaction } from "../../../subgraphs/messaging/database.ts";
import { editing } from "../../kit/edited-sql.ts";
import { noise, png } from "../media/made.ts";
import { type Files, openFiles, type Sent, sendParts, settleJobs } from "./harness.ts";

const BYTES_MAX = 40_000;
const RUNS = 15;
/** On a busy machine. */
const SLOW = { timeout: 180_000 };
/** The header that the store writes before the bytes of each file. */
const HEAD_BYTES = 1_024;

let files: Files;
let samples: readonly Sent[];
beforeAll(async () => {
  files = await openFiles({ bytesOfPersonMax: BYTES_MAX, openUploadsMax: 6 });
  const text = (length: number) => Buffer.alloc(length, "text ");
  samples = [
    { contentType: "text/plain", contents: text(7) },
    { contentType: "text/plain", contents: text(9_000) },
    { contentType: "image/png", contents: await png(300, 200) },
    { contentType: "image/png", contents: await noise(60, 60).png().toBuffer() },
    // No image: it will be refused.
    { contentType: "image/png", contents: text(500) },
  ];
});
afterAll(() => files.close());

interface Begun {
  readonly ticket: Ticket;
  readonly sent: Sent;
}

/** One person, and the uploads that the person has begun. */
interface Person {
  readonly id: string;
  readonly begun: Begun[];
}

type Act = (person: Person, choice: number) => Promise<unknown>;

async function begin({ id, begun }: Person, choice: number): Promise<void> {
  const sent = samples[choice % samples.length] as Sent;
  const outcome = await files.begin(id, sent);
  if (outcome.kind === "begun") begun.push({ ticket: outcome.ticket, sent });
}

const any = ({ begun }: Person, choice: number) => begun[choice % Math.max(1, begun.length)];

const send: Act = async (person, choice) => {
  const one = any(person, choice);
  if (one) await sendParts(one.ticket, one.sent);
};

const onAny =
  (act: (ownerId: string, id: string) => Promise<unknown>): Act =>
  async (person, choice) => {
    const one = any(person, choice);
    if (one) await act(person.id, one.ticket.id);
  };

const arrive: Act = async (person, choice) => {
  await send(person, choice);
  await onAny((ownerId, id) => files.finish(ownerId, id))(person, choice);
};

const ACTS = {
  begin,
  send,
  finish: onAny((ownerId, id) => files.finish(ownerId, id)),
  arrive,
  use: onAny((ownerId, id) => files.refer(ownerId, id)),
  remove: onAny((_, id) => files.remove(id)),
  work: () => files.work(),
  expire: () => files.sweep(),
} satisfies Readonly<Record<string, Act>>;

const act = fc.record({
  name: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("begin", "arrive") },
    { weight: 3, arbitrary: fc.constantFrom("send", "finish", "use", "remove", "work") },
    { weight: 1, arbitrary: fc.constant("expire") },
  ),
  choice: fc.nat(20),
});

/** The bytes of finished files in the store. */
async function bytesKept(): Promise<number> {
  const kept = [...(await files.kept())];
  const finished = kept.filter(([path]) => path.startsWith("objects/"));
  return finished.reduce((sum, [, { length }]) => sum + length - HEAD_BYTES, 0);
}

const settle = () => settleJobs(files);

/** The bytes of uploads that are open: they are counted before they arrive. */
async function bytesExpected({ begun }: Person): Promise<number> {
  const rows = await Promise.all(begun.map(({ ticket }) => files.find(ticket.id)));
  const open = rows.filter((row) => row?.state === "UPLOADING");
  return open.reduce((sum, row) => sum + (row?.bytes ?? 0), 0);
}

test(
  "the room that is counted is the bytes that are kept, whatever happens at once",
  SLOW,
  async () => {
    // Each inner list happens at once.
    const story = fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), {
      minLength: 3,
      maxLength: 10,
    });
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(story, async (moments) => {
        const person: Person = { id: newId(), begun: [] };
        for (const moment of moments) {
          await Promise.all(
            moment.map(({ name, choice }) => ACTS[name as keyof typeof ACTS](person, choice)),
          );
        }
        await settle();
        const { bytes } = await files.usage(person.id);
        const kept = await bytesKept();
        expect(bytes).toBe(kept + (await bytesExpected(person)));
        seen += kept;
        for (const { ticket } of person.begun) {
          await files.remove(ticket.id);
        }
        await settle();
        expect((await files.usage(person.id)).bytes).toBe(0);
        expect([...(await files.kept()).keys()]).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    expect(seen).toBeGreaterThan(0);
  },
);

test("counted by the bytes that were sent, a picture takes another room than is kept", async () => {
  const person: Person = { id: newId(), begun: [] };
  await begin(person, 2);
  await arrive(person, 0);
  await settle();
  const { database } = files.reach;
  const unguarded = editing(database, "state = 'READY' and kind = 'image'", "false");
  const counted = await inTransaction<Transaction, { bytes: number }>(unguarded, (tx) =>
    lockUsage(tx, person.id),
  );
  expect(counted.bytes).not.toBe(await bytesKept());
  expect((await files.usage(person.id)).bytes).toBe(await bytesKept());
});
