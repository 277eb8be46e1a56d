// Integration events while owners, consumers and Redis are killed, and Redis is emptied: in the end
// every projection equals its source.
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import type { Stack } from "../../local/stack.ts";
import { withDatabase } from "../kit/database.ts";
import { anEvent, aPerson, type Person } from "../kit/stories.ts";
import { live } from "./facts.ts";
import { type Load, startLoad } from "./load.ts";
import { projectionFaults, quiet } from "./projections.ts";
import { type Random, seededRandom } from "./random.ts";
import { closeStack, killUnderLoad, openStack } from "./stack.ts";

let stack: Stack;
let hasFailed = false;
beforeAll(async () => {
  stack = await openStack({ events: 2 });
});
afterAll(() => closeStack(stack, hasFailed));

/** Empties Redis several times under load, as an operator's mistake would. */
async function flushUnderLoad(load: Load, random: Random, times: number): Promise<void> {
  const redis = new Redis(stack.urls.redis, { maxRetriesPerRequest: null });
  redis.on("error", () => undefined);
  for (let done = 0; done < times; done += 1) {
    await load.verdicts(20 + Math.floor(random() * 100));
    await redis.flushall();
    load.note("FLUSHALL");
  }
  redis.disconnect();
}

test("projections equal their sources in the end, after kills and after Redis was emptied", async () => {
  onTestFailed(() => {
    hasFailed = true;
  });
  const random = seededRandom();
  const load = startLoad();
  const people = await Promise.all(Array.from({ length: 8 }, (_, at) => aPerson(`Person ${at}`)));
  const [organizer] = people as [Person, ...Person[]];
  const events = await Promise.all(
    [3, 5, 100].map((capacity) => anEvent(organizer.token, { capacity })),
  );
  const lives = Promise.all(
    people.map((me, at) => {
      const others = people.filter((other) => other !== me);
      return live(load, { me, others, events, skill: "Sailing" }, at % 2);
    }),
  );
  const victims = ["users", "events", "events-2", "matching", "messaging", "redis", "postgres"];
  const trouble = Promise.all([
    killUnderLoad(stack, [...victims, "redis"], load, random),
    flushUnderLoad(load, random, 3),
  ]);
  await Promise.race([lives, trouble]);
  load.end();
  await lives;
  console.log(load.story());
  await quiet();
  expect(await projectionFaults()).toEqual([]);
});

test("the comparison finds an event that was not applied, and one that was lost", async () => {
  expect(await projectionFaults()).toEqual([]);
  await withDatabase("matching", (client) =>
    client.query(
      `update person set version = version - 1, location = 'elsewhere'
       where id = (select id from person order by id limit 1)`,
    ),
  );
  await withDatabase("messaging", (client) =>
    client.query("delete from block where ctid = (select ctid from block limit 1)"),
  );
  const faults = await projectionFaults();
  expect(faults.map((fault) => fault.split(":")[0]).sort()).toEqual([
    "blocks in messaging",
    "profiles",
    "profiles",
  ]);
});
