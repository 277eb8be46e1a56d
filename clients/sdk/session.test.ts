// Guarantees about a session, against a router of this file: one refresh at a time, no trust in the
// device's clock, and no mutation that might happen twice.
import { expect, test } from "vitest";
import { Me, SetTyping } from "./generated/operations.ts";
import { createDocuments, createHttp } from "./http.ts";
import { createLocalLock, type Fetch, systemChannel } from "./platform.ts";
import { storedTokens } from "./refresh-tokens.ts";
import { createRequest, createRun } from "./requests.ts";
import { Session } from "./session.ts";
import { createMemoryStore } from "./text-store.ts";

const LIFE_S = 900;

const tokenAt = (number: number) => `access-${number}`;

/** A router that issues numbered tokens and accepts the last one. */
function createRouter() {
  const asked: string[] = [];
  let number = 0;
  let isDown = false;
  const answers = new Map<string, unknown>();
  const fetch: Fetch = async (_url, { headers, body }) => {
    if (isDown) throw new Error("offline");
    const { extensions, variables } = JSON.parse(body ?? "");
    const { authorization } = headers as { authorization?: string };
    const id = extensions.persistedQuery.sha256Hash;
    const reply = (data: unknown) => ({ status: 200, json: async () => data });
    if (variables.input?.refreshToken) {
      asked.push(`refresh ${variables.input.refreshToken}`);
      if (variables.input.refreshToken !== `r${number}`) {
        const refreshSession = { __typename: "InvalidRefreshTokenProblem", reason: "no" };
        return reply({ data: { refreshSession } });
      }
      number += 1;
      const __typename = "RefreshSessionSuccess";
      const tokens = { accessToken: tokenAt(number), refreshToken: `r${number}` };
      const session = { __typename, ...tokens, expiresIn: LIFE_S, viewer: { id: "v" } };
      return reply({ data: { refreshSession: session } });
    }
    asked.push(id === Me.id ? "Me" : "SetTyping");
    if (authorization !== `Bearer ${tokenAt(number)}`) {
      const refusal = { message: "no", extensions: { code: "UNAUTHENTICATED" } };
      return reply(answers.get(id) ?? { errors: [refusal] });
    }
    return reply({ data: { done: true } });
  };
  return {
    fetch,
    asked,
    answers,
    /** All tokens so far are refused from now on; the refresh token stays. */
    endTokens: () => {
      number += 1;
    },
    setDown: (isIt: boolean) => {
      isDown = isIt;
    },
  };
}

function start(store = createMemoryStore("r0"), lock = createLocalLock(), router = createRouter()) {
  let nowMs = 0;
  const clock = { now: () => nowMs, after: () => () => {} };
  const documents = createDocuments();
  const { fetch } = router;
  const http = createHttp({ url: "http://r", fetch, clock, documents, timeoutMs: 1 });
  const refreshTokens = storedTokens(http, store);
  const session = new Session({
    http,
    clock,
    refreshTokens,
    deviceToken: createMemoryStore(),
    lock,
    openChannel: systemChannel(),
  });
  const passMs = (ms: number) => {
    nowMs += ms;
  };
  return { router, session, store, run: createRun(createRequest(http, session)), passMs };
}

test("many requests at once refresh once", async () => {
  const { router, run } = start();
  await Promise.all([run(Me, {}), run(Me, {}), run(Me, {})]);
  expect(router.asked).toEqual(["refresh r0", "Me", "Me", "Me"]);
});

test("clients that share a store and a lock refresh one after the other", async () => {
  const [store, lock, router] = [createMemoryStore("r0"), createLocalLock(), createRouter()];
  const [one, two] = [start(store, lock, router), start(store, lock, router)];
  await Promise.all([one.session.accessToken(), two.session.accessToken()]);
  expect(router.asked).toEqual(["refresh r0", "refresh r1"]);
  expect(await store.read()).toBe("r2");
  expect(two.session.getSnapshot()).toEqual({ status: "signedIn", viewerId: "v" });
});

test("a token is renewed half a minute before its end, whatever date the device has", async () => {
  const { router, session, passMs } = start();
  await session.accessToken();
  passMs((LIFE_S - 31) * 1000);
  await session.accessToken();
  expect(router.asked).toHaveLength(1);
  passMs(2_000);
  await session.accessToken();
  expect(router.asked).toHaveLength(2);
});

test("a token that ended while the device slept, and its clock stood still, is replaced", async () => {
  const { router, run, store } = start();
  await run(Me, {});
  router.endTokens();
  await store.write("r2");
  await run(Me, {});
  expect(router.asked).toEqual(["refresh r0", "Me", "Me", "refresh r2", "Me"]);
});

test("without a network nobody is signed out", async () => {
  const { router, session } = start();
  router.setDown(true);
  await expect(session.accessToken()).rejects.toThrow("offline");
  router.setDown(false);
  expect(await session.accessToken()).toBe(tokenAt(1));
});

test("an ended session is forgotten", async () => {
  const { session, store } = start(createMemoryStore("old"));
  expect(await session.accessToken()).toBeNull();
  expect(await store.read()).toBeNull();
  expect(session.getSnapshot().status).toBe("signedOut");
});

/** A client whose access token has just been refused, and whose refresh token is good. */
async function startRefused() {
  const store = createMemoryStore("r0");
  const client = start(store);
  await client.session.accessToken();
  client.router.endTokens();
  await store.write("r2");
  client.router.asked.length = 0;
  return client;
}

test("what the router refuses as a whole is sent again behind a refresh, once", async () => {
  const { run, router } = await startRefused();
  await run(SetTyping, { input: { conversationId: "c", isTyping: true } });
  expect(router.asked).toEqual(["SetTyping", "refresh r2", "SetTyping"]);
});

test("a mutation that may have run is repeated only if that is safe", async () => {
  const path = ["setTyping"];
  const refusal = { message: "no", path, extensions: { code: "UNAUTHENTICATED" } };
  const typing = { input: { conversationId: "c", isTyping: true } };
  const { run, router } = await startRefused();
  router.answers.set(SetTyping.id, { data: null, errors: [refusal] });
  await expect(run(SetTyping, typing)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(router.asked).toEqual(["SetTyping"]);
  await run(SetTyping, typing, { isSafeToRepeat: true });
  expect(router.asked).toEqual(["SetTyping", "SetTyping", "refresh r2", "SetTyping"]);
});
