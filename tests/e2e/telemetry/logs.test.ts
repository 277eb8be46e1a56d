// Guarantees about the logs of running services: their level, and that what the guide says of
// shipping them fits the lines that they write.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseYAML } from "confbox";
import { afterEach, expect, test } from "vitest";
import { ask } from "../../kit/client.ts";
import { stack } from "../../kit/stack.ts";
import { entryOf, watchLogs } from "../../security/logs.ts";

interface LevelAnswer {
  readonly level?: string;
  readonly errors?: readonly { readonly message: string }[];
}

const admin = () => new URL("/log-level", stack().urls.admin["router-2"]);
const level = async (method: string, body?: object) => {
  const headers = { "content-type": "application/json" };
  const init = body ? { method, headers, body: JSON.stringify(body) } : { method };
  const answer = await fetch(admin(), init);
  return { status: answer.status, body: (await answer.json()) as LevelAnswer };
};
afterEach(() => level("DELETE"));

async function linesOfOneOperation() {
  const logs = await watchLogs();
  const { errors } = await ask("{ __typename }", {}, { router: 1 });
  expect(errors).toBeUndefined();
  const mine = async () => (await logs.since()).filter(({ service }) => service === "router-2");
  return { mine };
}

const MSG = "answered an operation";
const isOperation = (line: { readonly text: string }) => line.text.includes(MSG);

test("a level set on the admin port counts at once, and the setting's returns", async () => {
  const { body } = await level("PUT", { level: "error", minutes: 1 });
  expect(body).toMatchObject({ level: "error", until: expect.any(String) });
  const silent = await linesOfOneOperation();
  const back = await level("DELETE");
  expect(back.body).toEqual({ level: "debug", until: null });
  const loud = await linesOfOneOperation();
  await expect.poll(async () => (await loud.mine()).filter(isOperation).length).toBeGreaterThan(0);
  const lines = await silent.mine();
  const [change] = lines.filter(({ text }) => text.includes("the log level was changed"));
  const until = lines.indexOf(change ?? lines[0] ?? { service: "", text: "" });
  expect(change).toBeDefined();
  expect(lines.slice(0, until).filter(isOperation)).toEqual([]);
});

test("a wrong level is refused, and changes nothing", async () => {
  const refused = await level("PUT", { level: "loud" });
  expect(refused.status).toBe(400);
  expect(refused.body.errors?.[0]?.message).toContain('received "loud"');
  expect((await level("GET")).body).toEqual({ level: "debug", until: null });
});

interface Config {
  readonly sources: Readonly<Record<string, unknown>>;
  readonly transforms: Readonly<Record<string, { inputs: string[]; source: string }>>;
  readonly sinks: Readonly<Record<string, { inputs: string[]; labels?: Record<string, string> }>>;
}

function shipping(): Config {
  const guide = readFileSync("docs/guides/logs.md", "utf8");
  const [, text = ""] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? [];
  return parseYAML(text);
}

test("each part of the guide's pipeline reads from one that is there", () => {
  const { sources, transforms, sinks } = shipping();
  const origins = [...Object.keys(sources), ...Object.keys(transforms)];
  const parts = [...Object.values(transforms), ...Object.values(sinks)];
  expect(Object.keys(sinks)).toEqual(["loki", "elasticsearch"]);
  for (const { inputs } of parts) expect(origins).toEqual(expect.arrayContaining(inputs));
});

test("every line of every service has the fields that the guide's pipeline reads", async () => {
  await ask("{ __typename }", {}, { router: 1 });
  const { transforms, sinks } = shipping();
  const labels = Object.values(sinks.loki?.labels ?? {}).map((text) => text.replace(/[{} ]/g, ""));
  expect(labels).toEqual(["name", "level"]);
  expect(transforms.lines?.source).toContain('parse_timestamp(.time, "%+")');
  for (const service of ["router", "router-2", "users", "messaging", "workers"]) {
    const text = readFileSync(join(stack().dataDir, "logs", `${service}.log`), "utf8");
    const lines = text.split("\n").slice(0, -1);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const entry = entryOf({ service, text: line });
      // Node.js itself writes plain text, and a process that a test killed leaves a part of a line.
      if (!entry && !/^\{.*\}$/.test(line)) continue;
      expect(entry, line).toMatchObject({ name: expect.any(String), msg: expect.any(String) });
      expect(entry?.level).toMatch(/^(trace|debug|info|warn|error|fatal)$/);
      expect(entry?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
  }
});

test("no label of Loki has many values", async () => {
  const text = readFileSync(join(stack().dataDir, "logs", "router-2.log"), "utf8");
  const entries = text.split("\n").map((line) => entryOf({ service: "", text: line }));
  for (const label of ["name", "level"]) {
    expect(new Set(entries.map((entry) => entry?.[label])).size).toBeLessThanOrEqual(6);
  }
});
