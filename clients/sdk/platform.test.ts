// Guarantees about the defaults of the platform: unique ids wherever the client runs, and errors
// that say what to pass.
import { afterEach, expect, test, vi } from "vitest";
import { createClient } from "./client.ts";
import { newId } from "./platform.ts";

const { crypto } = globalThis;

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["crypto of browsers and Node", crypto],
  ["random bytes alone", { getRandomValues: (of: Uint8Array) => crypto.getRandomValues(of) }],
  ["nothing, as React Native", undefined],
])("ids are unique and fit the server's limits with %s", (_, available) => {
  vi.stubGlobal("crypto", available);
  const ids = new Set(Array.from({ length: 1_000 }, newId));
  expect(ids.size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[\w-]{32,36}$/);
});

test("what the platform misses is named, and can be passed", () => {
  vi.stubGlobal("WebSocket", undefined);
  const url = "https://meetinity.example/graphql";
  expect(() => createClient({ url })).toThrow("`webSocket`");
  vi.stubGlobal("fetch", undefined);
  expect(() => createClient({ url })).toThrow("`fetch`");
  const states = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };
  const webSocket = Object.assign(class {}, states);
  vi.stubGlobal("performance", undefined);
  vi.stubGlobal("BroadcastChannel", undefined);
  const fetch = async () => ({ status: 200, json: async () => ({}) });
  const client = createClient({ url, webSocket, fetch });
  expect(client.session.getSnapshot().status).toBe("unknown");
});

test("an address without a protocol is refused with its value", () => {
  expect(() => createClient({ url: "/graphql" })).toThrow('not be "/graphql"');
});
