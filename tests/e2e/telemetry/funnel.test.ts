// Guarantees about what people do, as metrics count it: once, after the commit, and a repeat is
// none. Own replicas serve the requests of this file alone.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Service } from "../../../local/services.ts";
import { operation } from "../../../schema/operations.ts";
import { resultOf } from "../../kit/client.ts";
import { anOpenDoor, scan, ticketsFor } from "../../kit/door.ts";
import { type OwnRouter, startOwnRouter } from "../../kit/own-router.ts";
import { startOwnSubgraph } from "../../kit/own-subgraph.ts";
import { stack, useStack } from "../../kit/stack.ts";
import { namedPeople, type Person, register } from "../../kit/stories.ts";
import { aGroup, send } from "../messaging/harness.ts";
import { scrape, sumOf } from "./scrapes.ts";

const NAMES = ["users", "events", "messaging"] as const;

let services: Record<string, Service>;
let router: OwnRouter;
let people: readonly [Person, Person];

beforeAll(async () => {
  people = await namedPeople(2);
  const started = await Promise.all(
    NAMES.map(async (name) => [name, await startOwnSubgraph(name, {})] as const),
  );
  services = Object.fromEntries(started);
  const addresses = started.map(([name, { url }]) => [
    `SUBGRAPH_URL_${name.toUpperCase()}`,
    new URL("/graphql", url).href,
  ]);
  router = await startOwnRouter({ ...Object.fromEntries(addresses), RATE_LIMITS: "off" });
  const { urls } = stack();
  const base = new URL("/", router.url).href;
  useStack({ ...stack(), urls: { ...urls, graphql: router.url, routers: [base, base] } });
});

afterAll(async () => {
  await router.stop();
  await Promise.all(Object.values(services).map((service) => service.stop()));
});

async function counted(name: (typeof NAMES)[number], metric: string, labels = {}) {
  return sumOf(await scrape(services[name]?.adminUrl ?? ""), metric, labels);
}

test("an event is published, registered for and entered once", async () => {
  const [ada, grace] = people;
  const eventId = await anOpenDoor(ada);
  const input = { eventId };
  expect(await resultOf(operation("PublishEvent"), input, ada.token)).toMatchObject({
    __typename: "PublishEventSuccess",
  });
  const { codes } = await ticketsFor(grace, eventId);
  const idempotencyKey = randomUUID();
  await register(ada.token, eventId, { idempotencyKey });
  await register(ada.token, eventId, { idempotencyKey });
  const nonce = randomUUID();
  for (const _ of [1, 2]) await scan(ada.token, { eventId, code: codes[0] ?? "", nonce });
  expect({
    published: await counted("events", "events_published_total"),
    registered: await counted("events", "events_registrations_total", { status: "CONFIRMED" }),
    entered: await counted("events", "events_check_ins_total"),
  }).toEqual({ published: 1, registered: 2, entered: 1 });
});

test("a message counts once, and its repeat as such", async () => {
  const [ada, grace] = people;
  const conversationId = await aGroup(ada, [grace]);
  const clientMessageId = randomUUID();
  for (const _ of [1, 2]) await send(ada, conversationId, "hello", { clientMessageId });
  await send(ada, conversationId, "another text", { clientMessageId });
  const sends = (verdict: string) => counted("messaging", "messaging_sends_total", { verdict });
  expect({
    groups: await counted("messaging", "messaging_conversations_total", { kind: "GROUP" }),
    stored: await sends("stored"),
    replayed: await sends("replayed"),
    conflict: await sends("conflict"),
  }).toEqual({ groups: 1, stored: 1, replayed: 1, conflict: 1 });
});

test("a sign-up that is refused makes no account, and sign-ins count by what came of them", async () => {
  const password = "a long enough passphrase";
  const email = `funnel-${randomUUID()}@meetinity.test`;
  const signUp = { email, password, displayName: "Funnel" };
  const results = [
    await resultOf(operation("SignUp"), { ...signUp, password: "1234567890" }, ""),
    await resultOf(operation("SignUp"), signUp, ""),
    await resultOf(operation("SignIn"), { email, password }, ""),
    await resultOf(operation("SignIn"), { email, password: "something else" }, ""),
  ];
  expect(results.map(({ __typename }) => __typename)).toEqual([
    "WeakPasswordProblem",
    "SignUpSuccess",
    "SignInSuccess",
    "InvalidCredentialsProblem",
  ]);
  const signIns = (outcome: string) =>
    counted("users", "users_sign_ins_total", { method: "password", outcome });
  expect({
    accounts: await counted("users", "users_accounts_created_total"),
    right: await signIns("signedIn"),
    wrong: await signIns("invalid"),
  }).toEqual({ accounts: 1, right: 1, wrong: 1 });
});
