// Guarantees about requests: only one that shall outlive its page says so to the browser.
import { expect, it } from "vitest";
import { createDocuments, createHttp } from "./http.ts";
import { type Fetch, systemClock } from "./platform.ts";

it("a request goes on without its page only where that is asked for", async () => {
  const sent: (boolean | undefined)[] = [];
  const fetch: Fetch = async (_url, { keepalive }) => {
    sent.push(keepalive);
    return { status: 200, json: async () => ({ data: {} }) };
  };
  const [documents, url] = [createDocuments(), "https://meetinity.example/graphql"];
  const http = createHttp({ url, fetch, clock: systemClock, documents, timeoutMs: 1_000 });
  const operation = { id: "1", name: "AnswerSuggestion", type: "mutation" } as const;
  await http.post(operation, {});
  await http.post(operation, {}, null, { outlivesPage: true });
  expect(sent).toEqual([undefined, true]);
});
