// 200 people go through the journeys for two minutes. Meanwhile a subgraph is killed, and later
// Redis, and each comes back after ten seconds. `LOAD_VICTIM` names another subgraph.
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import type { Stack } from "../../local/stack.ts";
import { deliveryFaults, storageFaults } from "../chaos/checks.ts";
import { projectionFaults, quiet } from "../chaos/projections.ts";
import { closeStack, openStack } from "../chaos/stack.ts";
import { expectConsistent, logOf } from "../e2e/messaging/harness.ts";
import { faultOf, isJoined, isPartial } from "./answers.ts";
import { budgetLines } from "./budget.ts";
import { type Diary, go, type TalkEvent } from "./journey.ts";
import { oversold, pairsOf, storedLikes, storedMessages, storedRegistrations } from "./kept.ts";
import { type Outage, takeAway } from "./outages.ts";
import { answersByPhase, cpuByKind, outageLine, timesByOperation } from "./report.ts";
import { type Scraped, startScrapes } from "./scrapes.ts";
import { aTown, type Town } from "./town.ts";
import { startTraffic, type Traffic } from "./traffic.ts";

const PEOPLE = 200;
const PACE = { pauseMs: 3_000, arrivalsMs: 25_000 };
const DOWN_MS = 10_000;
/** From the start of the load. */
const TIMES = { subgraph: 50_000, redis: 85_000, end: 120_000 };
const VICTIM = process.env.LOAD_VICTIM || "messaging";

let stack: Stack;
let hasFailed = false;
beforeAll(async () => {
  const env = {
    TRUSTED_PROXIES: "loopback",
    RATE_LIMITS: "{}",
    EMAIL_VERIFICATION: "off",
    LOG_LEVEL: "warn",
  };
  stack = await openStack({}, { isCompiled: true, env });
  stack.service(VICTIM);
});
afterAll(() => closeStack(stack, hasFailed));

/** Takes the victims away at their times. Resolves at the end of the load. */
async function trouble(traffic: Traffic): Promise<Outage[]> {
  const startedAt = Date.now();
  const until = (time: number) => delay(Math.max(0, startedAt + time - Date.now()));
  await until(TIMES.subgraph);
  const first = await takeAway(stack, traffic, VICTIM, DOWN_MS);
  await until(TIMES.redis);
  const second = await takeAway(stack, traffic, "redis", DOWN_MS);
  await until(TIMES.end);
  return [first, second];
}

interface Load {
  readonly traffic: Traffic;
  readonly diaries: readonly Diary[];
  readonly outages: readonly Outage[];
  readonly scraped: Scraped;
}

async function load(town: Town): Promise<Load> {
  const traffic = startTraffic();
  const scrapes = await startScrapes(stack.urls.admin);
  const journeys = Promise.all(town.visitors.map((each) => go(traffic, town, each, PACE)));
  // A journey that fails ends the test at once.
  const outages = await Promise.race([trouble(traffic), journeys.then(() => [])]);
  traffic.end();
  const diaries = await journeys;
  return { traffic, diaries, outages, scraped: await scrapes.stop() };
}

const shown = ({ __typename, message }: TalkEvent) => ({
  type: __typename.toLowerCase(),
  message: message?.id,
});

/** Every watcher has received the whole log of its conversation, each entry once and in order. */
async function expectDelivered({ talk, visitor }: Diary): Promise<void> {
  if (!talk) return;
  const { conversationId, watcher } = talk;
  const log = (await logOf(conversationId)).map(({ type, payload }) => ({
    type: type.toLowerCase(),
    message: payload.messageId,
  }));
  await watcher.reached(log.length);
  expect(deliveryFaults(watcher.events, log, shown), `of ${visitor.id}`).toEqual([]);
  await watcher.stop();
}

/** Nothing accepted is lost, nothing is there twice. */
async function expectKept(town: Town, diaries: readonly Diary[]): Promise<void> {
  const told = (what: "registrations" | "likes" | "messages") =>
    diaries.flatMap((diary) => diary[what]);
  expect(storageFaults(told("registrations"), await storedRegistrations(town))).toEqual([]);
  expect(await oversold(town)).toEqual([]);
  expect(storageFaults(told("likes"), await storedLikes(town))).toEqual([]);
  const { mutual, matched } = await pairsOf(town, diaries);
  expect(matched).toEqual(mutual);
  const ids = [...new Set(diaries.flatMap(({ talk }) => talk?.conversationId ?? []))];
  expect(storageFaults(told("messages"), await storedMessages(ids))).toEqual([]);
  for (const id of ids) await expectConsistent(id);
  console.log(
    `${told("registrations").length} registrations, ${mutual.length} matches, ` +
      `${told("messages").length} messages`,
  );
}

test("without a subgraph or Redis, answers stay coded, nothing accepted is lost, and all recover", async () => {
  onTestFailed(() => {
    hasFailed = true;
  });
  const town = await aTown(PEOPLE);
  const { traffic, diaries, outages, scraped } = await load(town);
  for (const outage of outages) console.log(outageLine(outage));
  console.log(answersByPhase(traffic.answers).join("\n"));
  console.log(timesByOperation(traffic.answers).join("\n"));
  console.log(budgetLines(scraped.tally, TIMES.end).join("\n"));
  console.log(cpuByKind(scraped, traffic.answers.length, TIMES.end).join("\n"));

  for (const { downMs } of outages) expect(downMs).toBeGreaterThanOrEqual(DOWN_MS);
  const faults = traffic.answers.flatMap((answer) => faultOf(answer) ?? []);
  expect([...new Set(faults)]).toEqual([]);
  if (isJoined(VICTIM)) expect(traffic.answers.filter(isPartial)).not.toHaveLength(0);
  await expectKept(town, diaries);
  for (const diary of diaries) await expectDelivered(diary);
  await quiet();
  expect(await projectionFaults()).toEqual([]);
});
