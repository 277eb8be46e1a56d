// Guarantees about the page for operators: it shows the traces that services send it, and readings
// of their metrics, on the admin port alone and only if it is switched on.
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { freePort } from "../../../local/ports.ts";
import type { ShownTrace, TraceSummary } from "../../../router/observe/traces.ts";
import { ask } from "../../kit/client.ts";
import type { OwnRouter } from "../../kit/own-router.ts";
import { stack } from "../../kit/stack.ts";
import { settingsFor, tracedRouter } from "./traced-router.ts";

let router: OwnRouter;
let admin: string;

beforeAll(async () => {
  const port = await freePort();
  admin = `http://127.0.0.1:${port}`;
  const { urls } = stack();
  const [url = ""] = urls.subgraphs.events ?? [];
  const services = `router=${admin},events=${urls.admin.events},gone=http://127.0.0.1:9`;
  router = await tracedRouter(
    settingsFor(admin),
    { name: "events", url },
    { ADMIN_PORT: String(port), OBSERVED_SERVICES: services },
  );
});
afterAll(() => router?.stop());

async function read<Answer>(path: string): Promise<Answer> {
  return (await (await fetch(new URL(path, admin))).json()) as Answer;
}

test("a trace that the router sends is listed, and shown with its spans", async () => {
  const { data } = await ask("{ events(first: 1) { edges { node { id } } } }", {}, router);
  expect(data).toBeTruthy();
  const listed = async () =>
    (await read<TraceSummary[]>("/observe/traces")).filter(({ name }) => name === "query");
  await expect.poll(listed, { timeout: 20_000 }).toHaveLength(1);
  const [found] = await listed();
  const { spans } = await read<ShownTrace>(`/observe/traces/${found?.traceId}`);
  expect(spans.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["query", "parse", "plan", "fetch events"]),
  );
});

test("readings have the figures of each service, and null for one that does not answer", async () => {
  expect(await read("/observe/readings")).toMatchObject({
    at: expect.any(Number),
    services: {
      router: { operations: expect.any(Number), cpuSeconds: expect.any(Number) },
      events: { statements: expect.any(Number) },
      gone: null,
    },
  });
});

test("the page and its scripts may load nothing of other origins", async () => {
  for (const path of [
    "/observe/",
    "/observe/page.css",
    "/observe/page.mjs",
    "/observe/graphs.mjs",
  ]) {
    const response = await fetch(new URL(path, admin));
    expect([path, response.status]).toEqual([path, 200]);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await response.text()).length).toBeGreaterThan(500);
  }
});

test.each([
  ["[]", "body"],
  ['{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"x"}]}]}]}', "traceId"],
])("a body that is no export (%s) is refused with the field", async (body, field) => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(new URL("/v1/traces", admin), { method: "POST", headers, body });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(field);
});

test("an unknown trace is not found", async () => {
  const response = await fetch(new URL(`/observe/traces/${"0".repeat(32)}`, admin));
  expect(response.status).toBe(404);
});

test("there is nothing of it at the door of clients, nor where it is switched off", async () => {
  const { urls } = stack();
  for (const base of [router.url, urls.admin.router ?? ""]) {
    for (const path of ["/observe/", "/observe/traces"]) {
      expect((await fetch(new URL(path, base))).status).toBe(404);
    }
  }
});

test("a list of services that cannot be read stops the start, and names the setting", async () => {
  const [url = ""] = stack().urls.subgraphs.events ?? [];
  const started = tracedRouter({}, { name: "events", url }, { OBSERVED_SERVICES: "users" });
  onTestFinished(() => started.then((own) => own.stop()).catch(() => undefined));
  await expect(started).rejects.toThrow(
    "OBSERVED_SERVICES: is not <service>=<http URL>,… at number 1",
  );
});
