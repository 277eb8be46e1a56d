// A request or a worker that dies at any of its steps loses nothing that it said it had, and what
// nobody finishes is gone when its time has passed.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import type { Ticket } from "../../../kit/files/uploads.ts";
import { png } from "../media/made.ts";
import { type Files, openFiles, type Reach, type Sent, sendParts, settleJobs } from "./harness.ts";
import { type Life, lifeUntil } from "./mortal.ts";

/** More than any of these lives takes. */
const STEPS_MAX = 100;
/** On a busy machine. */
const SLOW = { timeout: 180_000 };

let files: Files;
let samples: Readonly<Record<"document" | "image", Sent>>;
beforeAll(async () => {
  files = await openFiles({ bytesOfPersonMax: 1_000_000, openUploadsMax: 1_000 });
  samples = {
    document: { contentType: "text/plain", contents: Buffer.from("The plan of Ada") },
    image: { contentType: "image/png", contents: await png(90, 60) },
  };
});
afterAll(() => files.close());

const reachOf = (life: Life): Reach => ({
  database: life.database(files.reach.database),
  storage: life.storage(files.reach.storage),
});

/** The knowledge of a client when the process behind its requests has died. */
interface Known {
  readonly ownerId: string;
  ticket?: Ticket;
  hasArrived: boolean;
}

/** Begins, sends and finishes a file, which is then looked at, until the life ends. */
async function live(life: Life, known: Known, sent: Sent): Promise<void> {
  const at = reachOf(life);
  await life.run(async () => {
    const begun = await files.begin(known.ownerId, sent, at);
    if (begun.kind !== "begun") throw new Error(begun.kind);
    known.ticket = begun.ticket;
    expect(await sendParts(begun.ticket, sent)).toEqual([200]);
    const { kind } = await files.finish(known.ownerId, begun.ticket.id, at);
    expect(kind).toBe("arrived");
    known.hasArrived = true;
    await files.work(at);
  });
}

/** Other processes go on where the dead one stopped. */
const recover = () => settleJobs(files);

/** Lives one step longer each time, until a life ends by itself. Gives the number of steps. */
async function forEveryStep(act: (life: Life) => Promise<void>): Promise<number> {
  for (let step = 1; step < STEPS_MAX; step += 1) {
    const life = lifeUntil(step);
    await act(life);
    if (!life.hasEnded) return life.steps;
  }
  throw new Error("this life takes more steps than it may");
}

/** The contents of the store. */
const kept = async () => [...(await files.kept()).keys()];

async function expectNothing(): Promise<void> {
  await files.letStoreSweep();
  expect(await kept()).toEqual([]);
}

async function expectWhole({ ticket }: Known, sent: Sent): Promise<void> {
  const file = await files.find(ticket?.id ?? "");
  expect(file?.state).toBe("READY");
  const { storage } = files.reach;
  const renditions = file?.renditions ?? [];
  const names = renditions.length > 0 ? renditions.map(({ name }) => name) : ["original"];
  for (const name of names) {
    const key = (file?.storageKey ?? "").replace("original", name);
    const bytes = renditions.find((each) => each.name === name)?.bytes ?? sent.contents.length;
    expect(await storage.stat(key)).toMatchObject({ bytes });
  }
  const finished = (await kept()).filter((path) => path.startsWith("objects/"));
  expect(finished).toHaveLength(names.length);
}

describe.each(["document", "image"] as const)("a %s", SLOW, (name) => {
  test("that has arrived is looked at once and kept whole, wherever its process dies", async () => {
    const sent = samples[name];
    const steps = await forEveryStep(async (life) => {
      const known: Known = { ownerId: newId(), hasArrived: false };
      await live(life, known, sent);
      // A client that got no answer asks again.
      if (known.ticket && !known.hasArrived) {
        await sendParts(known.ticket, sent);
        const { kind } = await files.finish(known.ownerId, known.ticket.id);
        expect(kind).toBe("arrived");
      }
      await recover();
      if (known.ticket) await expectWhole(known, sent);
      await files.sweep();
      await recover();
      await expectNothing();
    });
    expect(steps).toBeGreaterThan(12);
  });

  test("that nobody finishes or uses is gone when its time has passed, wherever its process dies", async () => {
    await forEveryStep(async (life) => {
      const known: Known = { ownerId: newId(), hasArrived: false };
      await live(life, known, samples[name]);
      await recover();
      await files.sweep();
      await recover();
      expect((await files.usage(known.ownerId)).bytes).toBe(0);
      await expectNothing();
    });
  });

  test("is removed whole or not at all, wherever its process dies", async () => {
    const sent = samples[name];
    const steps = await forEveryStep(async (life) => {
      const known: Known = { ownerId: newId(), hasArrived: false };
      await live(lifeUntil(Number.POSITIVE_INFINITY), known, sent);
      const at = reachOf(life);
      await life.run(async () => {
        await files.remove(known.ticket?.id ?? "", at);
        await files.work(at);
      });
      await recover();
      const isThere = (await files.find(known.ticket?.id ?? "")) !== undefined;
      if (isThere) {
        await expectWhole(known, sent);
        await files.sweep();
        await recover();
      }
      await expectNothing();
    });
    expect(steps).toBeGreaterThan(5);
  });
});

test("an attempt that has lost its job leaves no picture of a file that is deleted meanwhile", async () => {
  const known: Known = { ownerId: newId(), hasArrived: false };
  const { database, storage } = files.reach;
  const begun = await files.begin(known.ownerId, samples.image);
  if (begun.kind !== "begun") throw new Error(begun.kind);
  await sendParts(begun.ticket, samples.image);
  await files.finish(known.ownerId, begun.ticket.id);
  // It stands still before it writes the pictures, and another worker gets its job.
  let meanwhile: Promise<void> | undefined;
  const deleteIt = async () => {
    await files.remove(begun.ticket.id);
    await recover();
    expect(await kept()).toEqual([]);
  };
  const slow = new Proxy(storage, {
    get(target, field) {
      if (field !== "write") return Reflect.get(target, field);
      return async (file: Parameters<typeof storage.write>[0]) => {
        meanwhile ??= deleteIt();
        await meanwhile;
        return target.write(file);
      };
    },
  });
  await files.work({ database, storage: slow });
  await recover();
  await expectNothing();
});
