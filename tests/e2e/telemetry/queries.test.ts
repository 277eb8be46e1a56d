// Guarantees about what operators ask: every query of every panel, rule and runbook finds series in
// the running system. Where Prometheus is installed, it answers all of them; without it their
// metrics and labels are compared with what services serve. The SQL of runbooks runs, too.
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Prometheus, startPrometheus } from "../../../local/prometheus.ts";
import { BOARDS } from "../../../ops/dashboards/boards.ts";
import { ALERTS } from "../../../ops/rules/alerts.ts";
import { recordingRules } from "../../../ops/rules/recording.ts";
import { blocksOf } from "../../contract/markdown.ts";
import { documentedMetrics } from "../../contract/metrics-table.ts";
import { projectFile } from "../../contract/project.ts";
import { fits, groupingsOf, selectionsOf } from "../../contract/promql.ts";
import { dataOf, resultOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { installed } from "../../kit/installed.ts";
import { connect } from "../../kit/socket.ts";
import { stack } from "../../kit/stack.ts";
import { anEvent, aPerson, register } from "../../kit/stories.ts";
import { aGroup, aMessage, take, watch } from "../messaging/harness.ts";
import { type Sample, scrape } from "./scrapes.ts";

const FOLDER = projectFile("docs/runbooks");
const blocks = readdirSync(FOLDER).flatMap((file) =>
  blocksOf(readFileSync(join(FOLDER, file), "utf8")).map((block) => ({ file, ...block })),
);
const asked = blocks.filter(({ language }) => language === "promql").map(({ text }) => text.trim());
const statements = blocks.filter(({ language }) => language === "sql");
const panels = BOARDS.flatMap(({ rows }) => rows.flatMap((row) => row.panels));
const full = panels.filter((panel) => panel.isEmptyUntil === undefined);
const rules = [...ALERTS, ...recordingRules()].map(({ expr }) => expr);
const queriesOf = (of: typeof panels) => of.flatMap(({ queries }) => Object.values(queries));

/** Only documents as clients send them are counted by their names. */
function sent(name: string): string {
  const manifest: { operations: readonly { name: string; body: string }[] } = JSON.parse(
    readFileSync(projectFile("schema/persisted-queries.json"), "utf8"),
  );
  return manifest.operations.find((each) => each.name === name)?.body ?? "";
}

/** Acts of people: each metric of a panel has something to count. */
async function useEverything(): Promise<void> {
  const [ada, grace] = [await aPerson("Ada Query"), await aPerson("Grace Query")];
  const { email, password } = ada;
  await resultOf(sent("SignIn"), { email, password }, "");
  await dataOf(sent("Me"), {}, { as: ada.token });
  const eventId = await anEvent(ada.token);
  await register(grace.token, eventId, { idempotencyKey: randomUUID() });
  const conversationId = await aGroup(ada, [grace]);
  const socket = await connect({ as: grace.token });
  const stream = watch(socket, conversationId, 0);
  await aMessage(ada, conversationId);
  await take(socket, stream, 1);
  for (let count = 0; count < 3; count += 1) await aMessage(ada, conversationId);
  await take(socket, stream, 3);
  socket.close();
}

let samples: readonly Sample[];

beforeAll(async () => {
  await useEverything();
  const scrapes = await Promise.all(Object.values(stack().urls.admin).map(scrape));
  samples = scrapes.flatMap((each) => each.samples);
});

/** Labels that Prometheus adds to what it scrapes, and that rules add. */
const ADDED = ["job", "service", "instance", "slo", "le"];
/** They tell how something ended, and nothing may have ended so. */
const ENDS = ["outcome", "code"];

describe("the metrics of the running system", () => {
  const own = (query: string) =>
    selectionsOf(query).filter(({ metric }) => metric !== "up" && !metric.startsWith("slo:"));
  const documented = documentedMetrics();
  const labelsOf = (metric: string) =>
    documented.get(metric) ?? documented.get(metric.replace(/_(?:bucket|sum|count)$/, ""));
  const named = (metric: string) => samples.filter(({ name }) => name === metric);

  test.each([
    ["panels", queriesOf(panels)],
    ["rules", rules],
    ["runbooks", asked],
  ])("have the labels by which %s ask for them", (_, queries) => {
    const faults = queries.flatMap((query) => {
      const found = own(query).map(({ metric, matchers }) => ({ of: labelsOf(metric), matchers }));
      const labels = new Set(found.flatMap(({ of }) => of ?? []));
      const wanted = found.flatMap(({ matchers }) => matchers.map(({ label }) => label));
      const unknown = [...groupingsOf(query), ...wanted].filter(
        (label) => !labels.has(label) && !ADDED.includes(label),
      );
      const isMissing = found.some(({ of }) => of === undefined);
      return isMissing || unknown.length > 0 ? [`${unknown.join(", ")} in ${query}`] : [];
    });
    expect(faults).toEqual([]);
  });

  test.each([
    ["panels", queriesOf(full)],
    ["rules", recordingRules().map(({ expr }) => expr)],
  ])("have series with the values that %s want", (_, queries) => {
    const empty = queries.flatMap((query) =>
      own(query).flatMap(({ metric, matchers }) => {
        const ours = matchers.filter(({ label }) => ![...ENDS, "job", "service"].includes(label));
        const hit = named(metric).some(({ labels }) => ours.every((each) => fits(labels, each)));
        return hit ? [] : [`${metric} ${JSON.stringify(matchers)}`];
      }),
    );
    expect(empty).toEqual([]);
  });
});

test.each(statements)("the SQL in $file runs: $text", async ({ text }) => {
  const [, database = ""] = /^-- (\w+)\n/.exec(text) ?? [];
  const answer = await withDatabase(database, (client) => client.query(text));
  expect(answer.rows).toEqual(expect.any(Array));
});

describe.runIf(installed("prometheus"))("Prometheus", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "meetinity-prometheus-"));
  let prometheus: Prometheus | null;

  beforeAll(async () => {
    const services = stack().urls.admin;
    for (const folder of ["run", "logs"]) mkdirSync(join(dataDir, folder));
    prometheus = await startPrometheus({ dataDir, services, every: "1s" });
    const up = async () => (await valuesOf('sum(up{job="meetinity"})'))[0];
    const all = Object.keys(services).length;
    await vi.waitFor(async () => expect(await up()).toBe(all), { timeout: 20_000, interval: 200 });
    await useEverything();
  });
  afterAll(async () => {
    await prometheus?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function ask<Data>(path: string): Promise<Data> {
    const response = await fetch(new URL(path, prometheus?.url));
    const { status, data, error } = (await response.json()) as {
      status: string;
      data: Data;
      error?: string;
    };
    if (status !== "success") throw new Error(`${error} of ${decodeURIComponent(path)}`);
    return data;
  }

  /** Figures only: a quantile of nothing is none. */
  async function valuesOf(query: string): Promise<number[]> {
    const { result } = await ask<{ result: readonly { value: readonly [number, string] }[] }>(
      `/api/v1/query?query=${encodeURIComponent(query)}`,
    );
    return result.map(({ value }) => Number(value[1])).filter((value) => !Number.isNaN(value));
  }

  test("has a figure for every panel, but for those that say when they are empty", async () => {
    const empty = async () => {
      const all = queriesOf(full).map(async (query) => [query, await valuesOf(query)] as const);
      return (await Promise.all(all)).flatMap(([query, values]) =>
        values.length > 0 ? [] : [query],
      );
    };
    await expect.poll(empty, { timeout: 40_000, interval: 1_000 }).toEqual([]);
    await Promise.all(queriesOf(panels).map(valuesOf));
  });

  test("evaluates every rule, and fires the alert that always fires", async () => {
    interface Rule {
      readonly name: string;
      readonly health: string;
      readonly state?: string;
    }
    const all = async () => {
      const { groups } = await ask<{ groups: readonly { rules: readonly Rule[] }[] }>(
        "/api/v1/rules",
      );
      return groups.flatMap((group) => group.rules);
    };
    const unhealthy = async () => (await all()).filter(({ health }) => health !== "ok");
    await expect.poll(unhealthy, { timeout: 20_000 }).toEqual([]);
    expect(await all()).toHaveLength(ALERTS.length + recordingRules().length);
    const heartbeat = (await all()).find(({ name }) => name === "AlertsWork");
    expect(heartbeat).toMatchObject({ state: "firing" });
  });

  test("answers every question of the runbooks", async () => {
    expect(asked.length).toBeGreaterThan(50);
    await Promise.all(asked.map(valuesOf));
  });
});
