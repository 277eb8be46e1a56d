// Guessing passwords: many guesses in one operation are refused, and neither answer nor time
// distinguishes unknown e-mail addresses from known ones.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { traceparentOf } from "../../kit/service/trace.ts";
import { operation } from "../../schema/operations.ts";
import { ask, dataOf } from "../kit/client.ts";
import { connect } from "../kit/socket.ts";
import { graphqlUrl } from "../kit/stack.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { watchLogs } from "./logs.ts";

let ada: Person;
beforeAll(async () => {
  ada = await aPerson("Ada");
});

const newTrace = () => randomUUID().replaceAll("-", "");
const guess = (at: number, directive = "") =>
  `signIn(input: { email: "${ada.email}", password: "guess ${at}" }) ${directive} { __typename }`;
const guesses = (count: number) =>
  Array.from({ length: count }, (_, at) => `a${at}: ${guess(at)}`).join(" ");

describe("many guesses in one request are refused, and none reaches a subgraph:", () => {
  const one = () => `a: ${guess(1)}`;
  const body = (query: string, variables = {}) => JSON.stringify({ query, variables });
  test.each<[string, () => string, string]>([
    ["100 under aliases", () => body(`mutation { ${guesses(100)} }`), "OPERATION_TOO_COMPLEX"],
    ["two under aliases", () => body(`mutation { ${guesses(2)} }`), "OPERATION_TOO_COMPLEX"],
    [
      "two in a fragment",
      () => body(`mutation { ...F } fragment F on Mutation { ${guesses(2)} }`),
      "OPERATION_TOO_COMPLEX",
    ],
    [
      "one in a fragment and one beside it",
      () => body(`mutation { ...F b: ${guess(2)} } fragment F on Mutation { ${one()} }`),
      "OPERATION_TOO_COMPLEX",
    ],
    [
      "two in inline fragments",
      () => body(`mutation { ... { ${one()} } ... on Mutation { b: ${guess(2)} } }`),
      "OPERATION_TOO_COMPLEX",
    ],
    [
      "one behind @skip(if: true)",
      () => body(`mutation { ${one()} b: ${guess(2, "@skip(if: true)")} }`),
      "OPERATION_TOO_COMPLEX",
    ],
    [
      "one behind a variable",
      () =>
        body(`mutation($x: Boolean!) { ${one()} b: ${guess(2, "@include(if: $x)")} }`, { x: true }),
      "OPERATION_TOO_COMPLEX",
    ],
    [
      "a guess and a sign-up",
      () =>
        body(
          `mutation { ${one()} signUp(input: { email: "a@b.test", password: "x", displayName: "x" }) { __typename } }`,
        ),
      "OPERATION_TOO_COMPLEX",
    ],
    [
      "a guess and a refresh",
      () =>
        body(`mutation { ${one()} refreshSession(input: { refreshToken: "x" }) { __typename } }`),
      "OPERATION_TOO_COMPLEX",
    ],
    [
      "a batch",
      () => `[${body(`mutation { ${one()} }`)},${body(`mutation { ${one()} }`)}]`,
      "BAD_REQUEST",
    ],
    [
      "two operations, none named",
      () => body(`mutation A { ${one()} } mutation B { ${one()} }`),
      "OPERATION_RESOLUTION_FAILURE",
    ],
  ])("%s", async (_what, make, code) => {
    const logs = await watchLogs();
    const [trace, later] = [newTrace(), newTrace()];
    const post = (text: string, traceId: string) =>
      fetch(graphqlUrl(), {
        method: "POST",
        headers: { "content-type": "application/json", traceparent: traceparentOf(traceId) },
        body: text,
      });
    const refused = await post(make(), trace);
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code } }] },
    ]);
    await post(body(`mutation { ${one()} }`), later);
    const countLines = async (traceId: string) =>
      (await logs.since()).filter(
        ({ service, text }) => service === "users" && text.includes(traceId),
      ).length;
    await expect.poll(() => countLines(later), { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await countLines(trace)).toBe(0);
  });
});

test("over a socket two guesses get one error frame, and none is tried", async () => {
  const socket = await connect();
  const frame = await socket.next(socket.subscribe(`mutation { ${guesses(2)} }`));
  expect(frame).toMatchObject({
    type: "error",
    payload: [
      {
        extensions: {
          code: "OPERATION_TOO_COMPLEX",
          limit: "credentialMutations",
          received: 2,
          most: 1,
        },
      },
    ],
  });
  socket.close();
});

const signIn = (email: string, password = "not the password") =>
  ask<{ signIn: { __typename: string } }>(operation("SignIn"), { input: { email, password } });
const nobodys = () => `${randomUUID()}@meetinity.test`;

test("an unknown address and a wrong password get the same answer, to the letter", async () => {
  const { email } = await aPerson();
  const [known, unknown] = await Promise.all([signIn(email), signIn(nobodys())]);
  expect(known).toEqual(unknown);
  expect(known).toMatchObject({
    status: 200,
    data: { signIn: { __typename: "InvalidCredentialsProblem" } },
  });
});

const PAIRS = 15;
/** So many people that none is guessed at too often. */
const GUESSED = 8;
/** Hashing is most of a sign-in. Without it one takes less than a fifth of the time. */
const RATIO_MAX = 2;

/** The ratio of the medians of two operations, run alternately so that load affects both. */
async function ratioOf(
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<number> {
  const times: [number[], number[]] = [[], []];
  for (let at = 0; at < PAIRS * 2; at += 1) {
    const isFirst = at % 2 === 0;
    const startedAt = performance.now();
    await (isFirst ? first() : second());
    times[isFirst ? 0 : 1].push(performance.now() - startedAt);
  }
  const [one = 0, other = 0] = times.map((each) => each.toSorted((a, b) => a - b)[PAIRS >> 1] ?? 0);
  return Math.max(one / other, other / one);
}

test("both take the same time, and skipping the hash would be noticed", {
  timeout: 120_000,
}, async () => {
  const people = await Promise.all(Array.from({ length: GUESSED }, () => aPerson()));
  let guesses = 0;
  const known = () => signIn(people[guesses++ % GUESSED]?.email ?? "");
  await known();
  expect(await ratioOf(known, () => signIn(nobodys()))).toBeLessThan(RATIO_MAX);
  // The planted difference: a request through router and users without a hash.
  const withoutHash = () =>
    dataOf("{ users(first: 1) { edges { cursor } } }", {}, { as: ada.token });
  expect(await ratioOf(known, withoutHash)).toBeGreaterThan(RATIO_MAX);
});
