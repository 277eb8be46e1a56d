// Sessions that end before their tokens expire: what the router refuses and ends, and that it
// misses none, whatever Redis loses. The test plays the source.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { startRedis } from "../../../local/redis.ts";
import { codeOf } from "../../kit/socket.ts";
import { type Library, startLibrary } from "./harness.ts";
import { added } from "./library.ts";

let library: Library;
beforeAll(async () => {
  library = await startLibrary();
});
afterAll(() => library.stop());

const SEQ = "subscription($name: String!) { shelf(name: $name) { seq } }";

function tokenOf(sessionId: string, of = library): Promise<string> {
  return of.token("ada", { claims: { sid: sessionId } });
}

async function isRefused(token: string, of = library): Promise<boolean> {
  const { status, errors } = await of.ask("{ whoAmI }", { as: token });
  return status === 401 && errors?.[0]?.extensions.code === "UNAUTHENTICATED";
}

describe("when a session ends", () => {
  test("its streams end with UNAUTHENTICATED, its sockets with 4403, and its tokens are refused", async () => {
    const [sessionId, name] = [newId(), newId()];
    const tokens = await Promise.all([tokenOf(sessionId), tokenOf(sessionId)]);
    const sockets = await Promise.all(tokens.map((as) => library.connect({ as })));
    const ids = sockets.map((socket) => [1, 2].map(() => socket.subscribe(SEQ, { name })));
    await library.shelf(name).listening(4);
    await library.feed.end(sessionId);
    for (const [at, socket] of sockets.entries()) {
      for (const id of ids[at] ?? []) {
        const frame = await socket.next(id, 1_000);
        expect([frame.type, codeOf(frame)]).toEqual(["error", "UNAUTHENTICATED"]);
      }
      expect(await socket.closed).toEqual({ code: 4403, reason: "Forbidden" });
    }
    await library.shelf(name).listening(0);
    for (const token of tokens) expect(await isRefused(token)).toBe(true);
    const late = await library.openSocket();
    late.send({ type: "connection_init", payload: { authorization: `Bearer ${tokens[0]}` } });
    expect((await late.closed).code).toBe(4403);
  });

  test("other sessions of the same person and anonymous clients go on", async () => {
    const [ended, other, name] = [newId(), newId(), newId()];
    const [dying, staying, nobody] = await Promise.all([
      library.connect({ as: await tokenOf(ended) }),
      library.connect({ as: await tokenOf(other) }),
      library.connect(),
    ]);
    const over = dying.subscribe(SEQ, { name });
    const ids = [staying, nobody].map((socket) => socket.subscribe(SEQ, { name }));
    await library.shelf(name).listening(3);
    await library.feed.end(ended);
    expect(codeOf(await dying.next(over))).toBe("UNAUTHENTICATED");
    library.shelf(name).push(added(1));
    for (const [at, socket] of [staying, nobody].entries()) {
      expect(await socket.event(ids[at] ?? "")).toEqual({ shelf: { seq: 1 } });
      socket.close();
    }
    expect(await isRefused(await tokenOf(other))).toBe(false);
  });

  test("running operations are answered, and then the socket closes", async () => {
    const [sessionId, name] = [newId(), newId()];
    const as = await tokenOf(sessionId);
    const socket = await library.connect({ as });
    const stream = socket.subscribe(SEQ, { name });
    await library.shelf(name).listening(1);
    const before = library.authors.arrivals.length;
    const release = library.authors.hold(2);
    const asked = socket.subscribe("{ whoAmI }");
    const posted = library.ask("{ me: whoAmI }", { as });
    await expect.poll(() => library.authors.arrivals.length).toBe(before + 2);
    await library.feed.end(sessionId);
    expect(codeOf(await socket.next(stream))).toBe("UNAUTHENTICATED");
    const refused = await socket.next(socket.subscribe("{ whoAmI }"));
    expect(codeOf(refused)).toBe("UNAUTHENTICATED");
    release();
    expect(await socket.event(asked)).toEqual({ whoAmI: "ada" });
    expect((await socket.next(asked)).type).toBe("complete");
    expect((await posted).data).toEqual({ me: "ada" });
    expect((await socket.closed).code).toBe(4403);
  });

  test("a stream that is opening ends too", async () => {
    const sessionId = newId();
    const socket = await library.connect({ as: await tokenOf(sessionId) });
    const names = Array.from({ length: 20 }, () => newId());
    for (const name of names) socket.subscribe(SEQ, { name });
    await library.feed.end(sessionId);
    expect((await socket.closed).code).toBe(4403);
    for (const name of names) await library.shelf(name).listening(0);
  });
});

describe("no ended session is missed", () => {
  test("that ended before the router started, which is not ready until it knows", async () => {
    const sessionId = newId();
    const own = await startLibrary({ isUnheard: true });
    const ready = async () => (await fetch(new URL("/readyz", own.url))).json();
    const token = await tokenOf(sessionId, own);
    await own.feed.end(sessionId);
    expect(await ready()).toEqual({ status: "unavailable", failed: ["tokenFeed"] });
    // The control: before it knows the router accepts the token.
    expect(await isRefused(token, own)).toBe(false);
    own.feed.answer();
    await expect.poll(ready, { timeout: 5_000 }).toEqual({ status: "ok" });
    expect(await isRefused(token, own)).toBe(true);
    await own.stop();
  });

  test.each<[string, (sessionId: string, own: Library) => Promise<void>]>([
    ["an event that Redis lost", (id, own) => own.feed.end(id, true)],
    [
      "events behind a hole",
      async (id, own) => {
        await own.feed.end(newId(), true);
        await own.feed.end(id);
      },
    ],
    [
      "all that Redis had",
      async (id, own) => {
        await own.feed.forget();
        await own.feed.end(id);
      },
    ],
    [
      "an owner whose database was replaced",
      (id, own) => own.feed.beginAnew(() => own.feed.end(id)),
    ],
  ])("after %s", async (_what, end) => {
    const own = await startLibrary();
    const [sessionId, known, later] = [newId(), newId(), newId()];
    await own.feed.end(known);
    const tokens = await Promise.all([sessionId, known, later].map((id) => tokenOf(id, own)));
    const [token = "", ofKnown = "", ofLater = ""] = tokens;
    await expect.poll(() => isRefused(ofKnown, own)).toBe(true);
    const socket = await own.connect({ as: token });
    const id = socket.subscribe(SEQ, { name: "lossy" });
    await own.shelf("lossy").listening(1);
    await end(sessionId, own);
    expect(codeOf(await socket.next(id))).toBe("UNAUTHENTICATED");
    expect(await isRefused(ofKnown, own)).toBe(true);
    await own.feed.end(later);
    await expect.poll(() => isRefused(ofLater, own)).toBe(true);
    await own.stop();
  });

  test("and the owner is not queried while nothing is missing", async () => {
    const { asked } = library.feed;
    for (let count = 0; count < 20; count += 1) await library.feed.end(newId());
    const sessionId = newId();
    await library.feed.end(sessionId);
    await expect.poll(async () => isRefused(await tokenOf(sessionId))).toBe(true);
    expect(library.feed.asked).toBe(asked);
  });

  test("while Redis is down: streams end when it is back, and until then tokens expire in time", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "meetinity-redis-"));
    const redis = await startRedis({ dataDir });
    const own = await startLibrary({ env: { REDIS_URL: redis.url } });
    const sessionId = newId();
    const expiring = await own.token("grace", { lifeMs: 4_000 });
    const [ended, short] = await Promise.all([
      own.connect({ as: await tokenOf(sessionId, own) }),
      own.connect({ as: expiring }),
    ]);
    const [endedId, shortId] = [ended, short].map((socket) =>
      socket.subscribe(SEQ, { name: "away" }),
    );
    await own.shelf("away").listening(2);
    await redis.stop();
    const told = own.feed.end(sessionId);
    expect(codeOf(await short.next(shortId, 6_000))).toBe("UNAUTHENTICATED");
    expect((await own.ask("{ whoAmI }")).status).toBe(200);
    expect((await fetch(new URL("/readyz", own.url))).status).toBe(200);
    own.shelf("away").push(added(1));
    expect(await ended.event(endedId ?? "")).toEqual({ shelf: { seq: 1 } });
    const again = await startRedis({ dataDir, port: redis.port });
    await told;
    expect(codeOf(await ended.next(endedId, 10_000))).toBe("UNAUTHENTICATED");
    await own.stop();
    await again.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
});
