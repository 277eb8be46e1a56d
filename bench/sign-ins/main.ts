// Whether people who sign in slow down people who read: the latency of reads at a fixed rate while
// nobody signs in, and while 100 sign-ins are under way all the time, as a ratio. Beside it the lag
// of the event loop of users, as the latency of a request that does nothing. In production a
// router's rates would refuse most of these sign-ins.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "undici";
import { newId } from "../../kit/data/id.ts";
import { startStack } from "../../local/stack.ts";
import { operation } from "../../schema/operations.ts";
import { median, quantile } from "../measured.ts";

const SIGN_INS = 100;
const READS_PER_SECOND = 50;
const PROBES_PER_SECOND = 50;
const WARM_UP_MS = 5_000;
const ROUND_MS = 10_000;
const ROUNDS = 3;

interface Result {
  readonly __typename: string;
  readonly accessToken: string;
}

type Data = Readonly<Record<string, Result>>;

const PASSWORD = newId();

function clientOf(url: string) {
  const pool = new Pool(url, { connections: 200 });
  return async (name: string, variables: object, token?: string): Promise<Data> => {
    const { body } = await pool.request({
      method: "POST",
      path: "/graphql",
      headers: {
        "content-type": "application/json",
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query: operation(name), variables }),
    });
    const answer = (await body.json()) as { readonly data?: Data; readonly errors?: unknown };
    if (!answer.data || answer.errors) throw new Error(JSON.stringify(answer));
    return answer.data;
  };
}

/** The latencies of requests at a fixed rate, in ms, without waiting for answers. */
async function steadily(
  forMs: number,
  perSecond: number,
  request: () => Promise<unknown>,
): Promise<number[]> {
  const startedAt = performance.now();
  const latencies: Promise<number>[] = [];
  for (let count = 0; count < (forMs * perSecond) / 1_000; count += 1) {
    await delay(Math.max(0, startedAt + (count * 1_000) / perSecond - performance.now()));
    const askedAt = performance.now();
    latencies.push(request().then(() => performance.now() - askedAt));
  }
  return Promise.all(latencies);
}

/** Keeps this many sign-ins under way until `isOver`. Returns how many ended. */
async function signInAllTheTime(
  signIn: () => Promise<unknown>,
  isOver: () => boolean,
): Promise<number> {
  let ended = 0;
  const one = async () => {
    while (!isOver()) {
      await signIn();
      ended += 1;
    }
  };
  await Promise.all(Array.from({ length: SIGN_INS }, one));
  return ended;
}

const dataDir = await mkdtemp(join(tmpdir(), "meetinity-bench-"));
await chmod(dataDir, 0o711);
const stack = await startStack({
  dataDir,
  isCompiled: true,
  env: { NODE_ENV: "production", RATE_LIMITS: "off", LOG_LEVEL: "warn" },
});
try {
  const ask = clientOf(stack.urls.routers[0] ?? "");
  const emails = Array.from({ length: SIGN_INS }, (_, at) => `reader${at}@bench.test`);
  const people: Data[] = [];
  for (const [at, email] of emails.entries()) {
    const displayName = `Reader ${at}`;
    people.push(await ask("SignUp", { input: { email, password: PASSWORD, displayName } }));
  }
  const token = people[0]?.signUp?.accessToken;
  const users = new Pool(stack.urls.subgraphs.users?.[0] ?? "");
  const read = () => ask("SearchUsers", { search: "reader" }, token);
  const probe = async () => {
    const { body } = await users.request({ method: "GET", path: "/livez" });
    await body.dump();
  };
  let turn = 0;
  const signIn = async () => {
    const email = emails[turn++ % SIGN_INS];
    const { signIn: result } = await ask("SignIn", { input: { email, password: PASSWORD } });
    if (result?.__typename !== "SignInSuccess") throw new Error(JSON.stringify(result));
  };
  const measure = async () => {
    const both = [
      steadily(ROUND_MS, READS_PER_SECOND, read),
      steadily(ROUND_MS, PROBES_PER_SECOND, probe),
    ];
    const [reads = [], lags = []] = await Promise.all(both);
    return { reads, lags };
  };

  await steadily(WARM_UP_MS, READS_PER_SECOND, read);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const calm = await measure();
    let isOver = false;
    const signing = signInAllTheTime(signIn, () => isOver);
    const busy = await measure();
    isOver = true;
    const perSecond = ((await signing) * 1_000) / ROUND_MS;
    const p95 = (values: readonly number[]) => quantile(values, 0.95);
    ratios.push(p95(busy.reads) / p95(calm.reads));
    console.log(
      `round ${round + 1}: ${perSecond.toFixed(0)} sign-ins/s; reads p95 ` +
        `${p95(calm.reads).toFixed(1)} ms alone, ${p95(busy.reads).toFixed(1)} ms beside; ` +
        `event loop p95 ${p95(calm.lags).toFixed(1)} ms alone, ${p95(busy.lags).toFixed(1)} ms beside`,
    );
  }
  console.log(`reads beside sign-ins take ${median(ratios).toFixed(2)} times as long (p95)`);
} finally {
  await stack.stop();
  await rm(dataDir, { recursive: true, force: true });
}
