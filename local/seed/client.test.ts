// Retries and errors of the seed's client.
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { createClient } from "./client.ts";

const request = {
  operation: "PublishEvent",
  variables: { input: { eventId: "1" } },
  outcome: z.object({ __typename: z.literal("PublishEventSuccess") }),
};

/** Makes `fetch` answer with these bodies, one after the other. */
function answer(...bodies: unknown[]) {
  const fetched = vi.fn(async () => Response.json(bodies.shift()));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

const limited = (retryAfterMs: number) => ({
  errors: [{ message: "Slow down.", extensions: { code: "RATE_LIMITED", retryAfterMs } }],
});
const published = { data: { publishEvent: { __typename: "PublishEventSuccess" } } };

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a rate-limited request is retried", async () => {
  const fetched = answer(limited(1), limited(0), published);
  const outcome = await createClient("http://router.test/graphql")(request);
  expect(outcome).toEqual({ __typename: "PublishEventSuccess" });
  expect(fetched).toHaveBeenCalledTimes(3);
});

test("an error names its operation and its code", async () => {
  answer({ errors: [{ message: "There is no event.", extensions: { code: "NOT_FOUND" } }] });
  const sending = createClient("http://router.test/graphql")(request);
  await expect(sending).rejects.toThrow("PublishEvent: There is no event. (NOT_FOUND)");
});

test("a problem that the caller does not handle is an error with the problem's reason", async () => {
  const problem = { __typename: "EventEndedProblem", reason: "The event is over." };
  answer({ data: { publishEvent: problem } });
  const sending = createClient("http://router.test/graphql")(request);
  await expect(sending).rejects.toThrow("EventEndedProblem: The event is over.");
});

test("an answer that is not GraphQL is an error that names the URL", async () => {
  vi.stubGlobal("fetch", async () => new Response("<html>", { status: 502 }));
  const sending = createClient("http://router.test/graphql")(request);
  await expect(sending).rejects.toThrow("http://router.test/graphql sent no GraphQL answer");
});
