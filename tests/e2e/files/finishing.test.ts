// Requests that finish one upload at the same time, or while it is removed, say what has become of
// it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import type { Storage } from "../../../kit/storage/storage.ts";
import { png } from "../media/made.ts";
import { type Files, openFiles, type Sent, sendParts, settleJobs } from "./harness.ts";

let files: Files;
let sent: Sent;
beforeAll(async () => {
  files = await openFiles({ bytesOfPersonMax: 1_000_000, openUploadsMax: 10 });
  sent = { contentType: "image/png", contents: await png(90, 60) };
});
afterAll(() => files.close());

async function begin() {
  const ownerId = newId();
  const outcome = await files.begin(ownerId, sent);
  if (outcome.kind !== "begun") throw new Error(outcome.kind);
  return { ownerId, ticket: outcome.ticket };
}

/** A process in which something happens just before its store is asked to do this. */
function before(name: keyof Storage, happens: () => Promise<unknown>) {
  const { database, storage } = files.reach;
  const late = new Proxy(storage, {
    get(target, field) {
      const call = Reflect.get(target, field) as (...given: unknown[]) => unknown;
      if (field !== name) return call;
      return async (...given: unknown[]) => {
        await happens();
        return call(...given);
      };
    },
  });
  return { database, storage: late };
}

const settle = () => settleJobs(files);

test("a request that comes behind another one and behind the worker says that the file has arrived", async () => {
  const { ownerId, ticket } = await begin();
  await sendParts(ticket, sent);
  const late = before("finishUpload", async () => {
    expect((await files.finish(ownerId, ticket.id)).kind).toBe("arrived");
    await settle();
  });
  const outcome = await files.finish(ownerId, ticket.id, late);
  expect(outcome).toMatchObject({ kind: "arrived", file: { state: "READY" } });
});

test("a request that finds parts missing, and then that another one has finished, says so too", async () => {
  const { ownerId, ticket } = await begin();
  const late = before("resumeUpload", async () => {
    await sendParts(ticket, sent);
    expect((await files.finish(ownerId, ticket.id)).kind).toBe("arrived");
  });
  expect((await files.finish(ownerId, ticket.id, late)).kind).toBe("arrived");
});

test.each(["finishUpload", "resumeUpload"] as const)(
  "an upload that is removed before %s has ended",
  async (name) => {
    const { ownerId, ticket } = await begin();
    const late = before(name, async () => {
      await files.remove(ticket.id);
      await settle();
    });
    expect((await files.finish(ownerId, ticket.id, late)).kind).toBe("ended");
  },
);
