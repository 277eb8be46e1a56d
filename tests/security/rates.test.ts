// Rates at routers with small budgets in front of the running graph: who is charged, over both
// transports and at several routers, and the form of a refusal. router/policy tests the arithmetic,
// buckets.test.ts the script, rates-without-redis.test.ts the loss of Redis.
import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { ask } from "../kit/client.ts";
import { codeOf, connect, type Socket, type SocketOptions } from "../kit/socket.ts";
import { aPerson, aTokenHolder } from "../kit/stories.ts";
import { type CountingRouter, startCountingRouter } from "./routers.ts";

const ONE = "{ me { id } }";
const RENAME = operation("UpdateProfile");

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

type Env = Readonly<Record<string, string>>;

/** A router with an inflow of one a minute, so that budgets do not refill during a test. */
async function routerWith(bursts: Readonly<Record<string, number>>, env: Env = {}) {
  const rates = Object.entries(bursts).map(([name, burst]) => [name, { burst, perMinute: 1 }]);
  const RATE_LIMITS = JSON.stringify(Object.fromEntries(rates));
  const router = await startCountingRouter({ RATE_LIMITS, ...env });
  endings.push(() => router.stop());
  return router;
}

async function socketTo({ url }: CountingRouter, options: SocketOptions = {}): Promise<Socket> {
  const socket = await connect({ url, ...options });
  endings.push(() => socket.close());
  return socket;
}

const refused = (rate: string) => ({ status: 429, code: "RATE_LIMITED", rate });

describe("operations are charged", () => {
  test("to their viewer, over both transports to one budget, and to nobody else", async () => {
    const router = await routerWith({ queriesByViewer: 4 });
    const [ada, grace] = [await aPerson(), await aPerson()];
    const socket = await socketTo(router, { as: ada.token });
    for (const _ of [1, 2]) {
      expect((await router.ask(ONE, { as: ada.token })).data).toEqual({ me: { id: ada.id } });
      expect(await socket.event(socket.subscribe(ONE))).toEqual({ me: { id: ada.id } });
    }
    const answer = await router.ask(ONE, { as: ada.token });
    expect(answer).toMatchObject(refused("queriesByViewer"));
    expect(answer).not.toHaveProperty("data");
    const { retryAfterMs = 0 } = answer;
    expect(retryAfterMs).toBeGreaterThan(30_000);
    expect(answer.headers.get("retry-after")).toBe(String(Math.ceil(retryAfterMs / 1_000)));
    const frame = await socket.next(socket.subscribe(ONE));
    const facts = { code: "RATE_LIMITED", rate: "queriesByViewer" };
    expect(frame).toMatchObject({ type: "error", payload: [{ extensions: facts }] });
    expect(frame).toHaveProperty("payload.0.extensions.retryAfterMs");
    expect((await router.ask(ONE, { as: grace.token })).status).toBe(200);
    expect(await router.counted('router_rate_refusals_total{rate="queriesByViewer"}')).toBe(2);
  });

  test("to their address, for every viewer there", async () => {
    const router = await routerWith({ queriesByAddress: 3 });
    const [ada, grace] = [await aTokenHolder(), await aTokenHolder()];
    for (const as of [{ as: ada.token }, { as: grace.token }, {}])
      expect((await router.ask("{ __typename }", as)).status).toBe(200);
    expect(await router.ask(ONE, { as: ada.token })).toMatchObject(refused("queriesByAddress"));
    expect(await router.ask(ONE)).toMatchObject(refused("queriesByAddress"));
  });

  test("at several routers to one budget", async () => {
    const env = { REDIS_PREFIX: `shared-${randomUUID()}` };
    const routers = [await routerWith({ queriesByViewer: 10 }, env)];
    routers.push(await routerWith({ queriesByViewer: 10 }, env));
    const { token: as } = await aPerson();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) => routers[at % 2]?.ask(ONE, { as })),
    );
    expect(answers.filter((answer) => answer?.status === 200)).toHaveLength(10);
    expect(answers.filter((answer) => answer?.status === 429)).toHaveLength(30);
  });

  test("by kind to separate budgets, and a refused one does not run", async () => {
    const router = await routerWith({ mutationsByViewer: 14 });
    const { id, token: as } = await aPerson("As before");
    const rename = (displayName: string) =>
      router.ask(RENAME, { as, variables: { input: { displayName } } });
    expect((await rename("Once")).status).toBe(200);
    expect(await rename("Twice")).toMatchObject(refused("mutationsByViewer"));
    const { data } = await router.ask(operation("UserProfile"), { as, variables: { id } });
    expect(data).toMatchObject({ user: { displayName: "Once" } });
  });

  test("with the actual cost of the answer, not with the estimate", async () => {
    const router = await routerWith({ queriesByViewer: 150 });
    const { token: as } = await aPerson();
    const mine = "{ me { registrations(first: 100) { edges { node { id } } } } }";
    const left: string[] = [];
    for (let again = 0; again < 5; again += 1) {
      const { status, headers } = await router.ask(mine, { as });
      expect(status).toBe(200);
      left.push(/"queriesByViewer";r=(\d+)/.exec(headers.get("ratelimit") ?? "")?.[1] ?? "");
    }
    expect(left).toEqual(["48", "46", "44", "42", "40"]);
  });

  test("once for a subscription, when it opens, and not for each event", async () => {
    const router = await routerWith({ subscriptionsByViewer: 9 });
    const { id, token } = await aPerson();
    const socket = await socketTo(router, { as: token });
    const watch = () => socket.subscribe(operation("ViewerRegistrationUpdated"), { after: 0 });
    for (const _ of [1, 2, 3]) watch();
    expect(codeOf(await socket.next(watch()))).toBe("RATE_LIMITED");
    expect(await socket.event(socket.subscribe(ONE))).toEqual({ me: { id } });
  });
});

describe("an operation that tries a credential", () => {
  test("has few attempts by address, right or wrong, without refunds", async () => {
    const router = await routerWith({ credentialsByAddress: 3 });
    const { email, password, token } = await aPerson();
    const signIn = (secret: string) =>
      router.ask(operation("SignIn"), { variables: { input: { email, password: secret } } });
    const success = { signIn: { __typename: "SignInSuccess" } };
    expect((await signIn(password)).data).toMatchObject(success);
    for (const guess of ["a guess", "another one"])
      expect((await signIn(guess)).data).not.toMatchObject(success);
    expect(await signIn(password)).toMatchObject(refused("credentialsByAddress"));
    const input = { input: { displayName: "Still here" } };
    expect((await router.ask(RENAME, { as: token, variables: input })).status).toBe(200);
  });
});

describe("the address is", () => {
  test("that of the connection, whatever the client's headers say", async () => {
    const router = await routerWith({ queriesByAddress: 2, connectionsByAddress: 1 });
    const asks = (forwardedFor: string) => router.ask(ONE, { forwardedFor });
    expect((await asks("198.51.100.1")).status).toBe(200);
    expect((await asks("198.51.100.2")).status).toBe(200);
    expect(await asks("198.51.100.3")).toMatchObject(refused("queriesByAddress"));
    const forwarded = (address: string) => ({ headers: { "x-forwarded-for": address } });
    await socketTo(router, forwarded("198.51.100.4"));
    await expect(socketTo(router, forwarded("198.51.100.5"))).rejects.toThrow("429");
  });

  test("the one that a trusted proxy reports, over both transports", async () => {
    const trust = { TRUSTED_PROXIES: "127.0.0.0/8" };
    const router = await routerWith({ queriesByAddress: 1, connectionsByAddress: 1 }, trust);
    const asks = async (forwardedFor: string) => (await router.ask(ONE, { forwardedFor })).status;
    expect([await asks("198.51.100.1"), await asks("198.51.100.2")]).toEqual([200, 200]);
    expect([await asks("6.6.6.6, 198.51.100.1"), await asks("198.51.100.2")]).toEqual([429, 429]);
    const forwarded = (address: string) => ({ headers: { "x-forwarded-for": address } });
    const socket = await socketTo(router, forwarded("198.51.100.3"));
    expect(await socket.event(socket.subscribe("{ __typename }"))).toEqual({ __typename: "Query" });
    expect(codeOf(await socket.next(socket.subscribe(ONE)))).toBe("RATE_LIMITED");
    await expect(socketTo(router, forwarded("6.6.6.6, 198.51.100.3"))).rejects.toThrow("429");
    expect(await asks("198.51.100.3")).toBe(429);
  });
});

describe("a socket", () => {
  test("that sends frames without end is closed with 1008, and harms no other", async () => {
    const router = await routerWith({ framesBySocket: 20 });
    const [flooding, calm] = [await socketTo(router), await socketTo(router)];
    for (let sent = 0; sent < 30; sent += 1) flooding.send({ type: "ping" });
    expect((await flooding.closed).code).toBe(1008);
    expect(await calm.event(calm.subscribe("{ __typename }"))).toEqual({ __typename: "Query" });
    expect(await router.counted('router_rate_refusals_total{rate="framesBySocket"}')).toBe(1);
  });
});

describe("in production", () => {
  const NODE_ENV = "production";

  async function policyOf(env: Env): Promise<string | null> {
    const router = await startCountingRouter({ NODE_ENV, ...env });
    endings.push(() => router.stop());
    return (await router.ask(ONE, { as: (await aPerson()).token })).headers.get("ratelimit-policy");
  }

  test("rates hold with no further setting, and answers say so", async () => {
    expect(await policyOf({})).toBe(
      '"queriesByViewer";q=10000;qu="cost";w=30, "queriesByAddress";q=100000;qu="cost";w=30',
    );
  });

  test("rates are off if they are switched off, as they are elsewhere by default", async () => {
    expect(await policyOf({ RATE_LIMITS: "off" })).toBeNull();
    expect(await policyOf({ NODE_ENV: "test" })).toBeNull();
    expect((await ask(ONE)).status).toBe(200);
  });
});
