// A router whose Redis is killed: operations that try a credential are refused, all others run with
// local budgets, nothing waits, and everything is normal once Redis is back.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Redis, startRedis } from "../../local/redis.ts";
import { operation } from "../../schema/operations.ts";
import { codeOf, connect } from "../kit/socket.ts";
import { aPerson } from "../kit/stories.ts";
import { type CountingRouter, startCountingRouter } from "./routers.ts";

const ONE = "{ me { id } }";
const RATE_LIMITS = JSON.stringify({ queriesByViewer: { burst: 5, perMinute: 1 } });

let dataDir: string;
let redis: Redis;
let router: CountingRouter;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "meetinity-rates-"));
  redis = await startRedis({ dataDir });
  router = await startCountingRouter({ REDIS_URL: redis.url, RATE_LIMITS, LIMITS: "{}" });
});
afterAll(async () => {
  await router.stop();
  await redis.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const judgedAlone = () => router.counted("router_rates_without_redis_total");

test("while Redis is down, credentials are refused, other operations run, and nothing waits", async () => {
  const { id, token, email, password } = await aPerson();
  const input = { email: `new-${email}`, password, displayName: "New" };
  const signUp = () => router.ask(operation("SignUp"), { variables: { input } });
  const isCounted = async () => {
    const before = await judgedAlone();
    await router.ask("{ __typename }");
    return (await judgedAlone()) === before;
  };
  await expect.poll(isCounted, { timeout: 10_000 }).toBe(true);
  process.kill(redis.pid, "SIGKILL");
  await redis.exited;

  const refusal = await signUp();
  expect(refusal).toMatchObject({ status: 503, code: "SUBGRAPH_UNAVAILABLE", retryAfterMs: 1_000 });
  expect(refusal.headers.get("retry-after")).toBe("1");
  const socket = await connect({ url: router.url, as: token });
  const overSocket = await socket.next(socket.subscribe(operation("SignUp"), { input }));
  expect(codeOf(overSocket)).toBe("SUBGRAPH_UNAVAILABLE");

  for (const _ of [1, 2, 3]) {
    expect((await router.ask(ONE, { as: token })).data).toEqual({ me: { id } });
  }
  for (const _ of [4, 5]) expect(await socket.event(socket.subscribe(ONE))).toEqual({ me: { id } });
  const spent = await router.ask(ONE, { as: token });
  expect(spent).toMatchObject({ status: 429, rate: "queriesByViewer" });
  expect(await judgedAlone()).toBeGreaterThanOrEqual(8);
  socket.close();

  redis = await startRedis({ dataDir, port: redis.port });
  await expect.poll(isCounted, { timeout: 10_000 }).toBe(true);
  expect((await router.ask(ONE, { as: token })).status).toBe(200);
  // Nothing was executed: the e-mail address is still free.
  expect((await signUp()).data).toMatchObject({ signUp: { __typename: "SignUpSuccess" } });
});
