// Tokens that are out when something changes for their person: a raised version, after which
// they are refused everywhere, and a granted scope, which they have from then on. Two routers
// follow one feed, which the test plays, over a real Redis.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { startRedis } from "../../../local/redis.ts";
import { codeOf } from "../../kit/socket.ts";
import { type Library, startLibrary } from "./harness.ts";
import { added } from "./library.ts";

const SEQ = "subscription($name: String!) { shelf(name: $name) { seq } }";
const PHONE = "{ author(id: 1) { phone } }";

let library: Library;
let urls: string[];
let stopOther: () => Promise<void>;
beforeAll(async () => {
  library = await startLibrary();
  const other = await library.anotherRouter();
  stopOther = other.stop;
  urls = [library.url, other.url];
});
afterAll(async () => {
  await stopOther();
  await library.stop();
});

interface Claims {
  readonly ver?: number;
  readonly sid?: string;
}

const tokenOf = (userId: string, claims: Claims = {}, of = library) =>
  of.token(userId, { claims: { sid: newId(), ...claims } });

/** `ok`, or the code of the error of a request with this token. */
async function outcomeOf(query: string, as: string, url = library.url): Promise<unknown> {
  const { errors } = await library.ask(query, { as, url });
  return errors?.[0]?.extensions.code ?? "ok";
}

describe("when the token version of a person is raised", () => {
  test("older tokens are refused by both routers within a second, with how to go on", async () => {
    const userId = newId();
    const older = await Promise.all([tokenOf(userId), tokenOf(userId, { ver: 2 })]);
    const [newer, others] = await Promise.all([tokenOf(userId, { ver: 3 }), tokenOf(newId())]);
    const outcomes = () =>
      Promise.all(
        urls.flatMap((url) =>
          [...older, newer, others].map((token) => outcomeOf("{ whoAmI }", token, url)),
        ),
      );
    // The control: before it, all of them count, and the routers have verified them.
    expect(new Set(await outcomes())).toEqual(new Set(["ok"]));
    await library.feed.raise(userId, 3);
    const refused = ["UNAUTHENTICATED", "UNAUTHENTICATED", "ok", "ok"];
    await expect.poll(outcomes, { timeout: 1_000 }).toEqual([...refused, ...refused]);
    const { status, errors } = await library.ask("{ whoAmI }", { as: older[0] ?? "" });
    expect([status, errors?.[0]?.message]).toEqual([401, expect.stringContaining("refresh")]);
  });

  test("its streams end with UNAUTHENTICATED, its sockets with 4403, and those of others go on", async () => {
    const [userId, name] = [newId(), newId()];
    const [older, newer, others] = await Promise.all([
      tokenOf(userId),
      tokenOf(userId, { ver: 1 }),
      tokenOf(newId()),
    ]);
    const dying = await Promise.all(urls.map((url) => library.connect({ as: older, url })));
    const staying = await Promise.all([newer, others].map((as) => library.connect({ as })));
    const [ends, goesOn] = [dying, staying].map((sockets) =>
      sockets.map((socket) => ({ socket, id: socket.subscribe(SEQ, { name }) })),
    );
    await library.shelf(name).listening(4);
    await library.feed.raise(userId, 1);
    for (const { socket, id } of ends ?? []) {
      const frame = await socket.next(id, 1_000);
      expect([frame.type, codeOf(frame)]).toEqual(["error", "UNAUTHENTICATED"]);
      expect(await socket.closed).toEqual({ code: 4403, reason: "Forbidden" });
    }
    await library.shelf(name).listening(2);
    library.shelf(name).push(added(1));
    for (const { socket, id } of goesOn ?? []) {
      expect(await socket.event(id)).toEqual({ shelf: { seq: 1 } });
      socket.close();
    }
  });

  test("an older token opens no socket, and a token of an older release counts as version 0", async () => {
    const userId = newId();
    const plain = await library.token(userId, { claims: { sid: newId() } });
    await library.feed.raise(userId, 1);
    await expect.poll(() => outcomeOf("{ whoAmI }", plain)).toBe("UNAUTHENTICATED");
    const late = await library.openSocket();
    late.send({ type: "connection_init", payload: { authorization: `Bearer ${plain}` } });
    expect((await late.closed).code).toBe(4403);
    const odd = await library.token(userId, { claims: { sid: newId(), ver: "9" } });
    expect(await outcomeOf("{ whoAmI }", odd)).toBe("UNAUTHENTICATED");
  });
});

describe("when a scope is granted", () => {
  test("tokens that are out have it at both routers, over HTTP and on open sockets", async () => {
    const [userId, name] = [newId(), newId()];
    const [as, others] = await Promise.all([tokenOf(userId), tokenOf(newId())]);
    const sockets = await Promise.all(urls.map((url) => library.connect({ as, url })));
    const ids = sockets.map((socket) => socket.subscribe(SEQ, { name }));
    await library.shelf(name).listening(2);
    // The control: without the scope the field is refused.
    expect(await outcomeOf(PHONE, as)).toBe("FORBIDDEN");
    await library.feed.grant(userId, "phones:read");
    for (const url of urls) {
      await expect.poll(() => outcomeOf(PHONE, as, url), { timeout: 1_000 }).toBe("ok");
    }
    for (const [at, socket] of sockets.entries()) {
      const answer = await socket.event(socket.subscribe(PHONE));
      expect(answer).toEqual({ author: { phone: "Phone of 1" } });
      library.shelf(name).push(added(at + 1));
    }
    for (const [at, socket] of sockets.entries()) {
      const id = ids[at] ?? "";
      expect(await socket.event(id)).toEqual({ shelf: { seq: 1 } });
      expect(await socket.event(id)).toEqual({ shelf: { seq: 2 } });
      socket.close();
    }
    const { identity } = library.authors.arrivals.at(-1) ?? {};
    expect(identity).toMatchObject({ viewer: { id: userId, scopes: ["read", "phones:read"] } });
    expect(await outcomeOf(PHONE, others)).toBe("FORBIDDEN");
  });

  test("no request after it shares a read that began before it", async () => {
    const userId = newId();
    const as = await tokenOf(userId);
    const before = library.authors.arrivals.length;
    const release = library.authors.hold(1);
    const motto = "{ author(id: 2) { motto } }";
    const first = library.ask(motto, { as });
    await expect.poll(() => library.authors.arrivals.length).toBe(before + 1);
    await library.feed.grant(userId, "phones:read");
    await expect.poll(() => outcomeOf(PHONE, as)).toBe("ok");
    const behind = library.authors.arrivals.length;
    expect((await library.ask(motto, { as })).status).toBe(200);
    expect(library.authors.arrivals.length).toBe(behind + 1);
    release();
    expect((await first).status).toBe(200);
  });

  test("a later raise ends it, and newer tokens have their own scopes alone", async () => {
    const userId = newId();
    const [older, newer] = await Promise.all([tokenOf(userId), tokenOf(userId, { ver: 1 })]);
    await library.feed.grant(userId, "phones:read");
    await expect.poll(() => outcomeOf(PHONE, older)).toBe("ok");
    await library.feed.raise(userId, 1);
    await expect.poll(() => outcomeOf(PHONE, older)).toBe("UNAUTHENTICATED");
    expect(await outcomeOf(PHONE, newer)).toBe("FORBIDDEN");
  });
});

describe("no fact is missed", () => {
  const CHANGES: readonly [string, (own: Library, isLost: boolean) => Promise<void>, string][] = [
    ["a raise", (own, isLost) => own.feed.raise("ada", 1, isLost), "UNAUTHENTICATED"],
    ["a grant", (own, isLost) => own.feed.grant("ada", "phones:read", 0, isLost), "ok"],
  ];
  const LOSSES: readonly [
    string,
    (own: Library, tell: (isLost: boolean) => Promise<void>) => Promise<void>,
  ][] = [
    ["that Redis lost", (_own, tell) => tell(true)],
    [
      "behind a hole",
      async (own, tell) => {
        await own.feed.end(newId(), true);
        await tell(false);
      },
    ],
    [
      "after all that Redis had is gone",
      async (own, tell) => {
        await own.feed.forget();
        await tell(false);
      },
    ],
    [
      "of an owner whose database was replaced",
      (own, tell) => own.feed.beginAnew(() => tell(false)),
    ],
  ];

  test.each(
    CHANGES.flatMap(([what, tell, outcome]) =>
      LOSSES.map(([how, lose]) => [what, how, { tell, outcome, lose }] as const),
    ),
  )("%s %s", async (_what, _how, { tell, outcome, lose }) => {
    const own = await startLibrary();
    const as = await tokenOf("ada", {}, own);
    const ask = async () => (await own.ask(PHONE, { as })).errors?.[0]?.extensions.code ?? "ok";
    await own.feed.end(newId());
    expect(await ask()).toBe("FORBIDDEN");
    await lose(own, (isLost) => tell(own, isLost));
    await expect.poll(ask, { timeout: 5_000 }).toBe(outcome);
    await own.stop();
  });

  test("that is told while Redis is down: it counts when Redis is back", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "meetinity-redis-"));
    const redis = await startRedis({ dataDir });
    const own = await startLibrary({ env: { REDIS_URL: redis.url } });
    const [raised, granted] = await Promise.all([
      tokenOf("ada", {}, own),
      tokenOf("grace", {}, own),
    ]);
    const outcomes = () =>
      Promise.all(
        [raised, granted].map(async (as) => {
          const { errors } = await own.ask(PHONE, { as });
          return errors?.[0]?.extensions.code ?? "ok";
        }),
      );
    const socket = await own.connect({ as: raised });
    const id = socket.subscribe(SEQ, { name: "away" });
    await own.shelf("away").listening(1);
    await redis.stop();
    const told = Promise.all([own.feed.raise("ada", 1), own.feed.grant("grace", "phones:read")]);
    // The router answers by what it knows.
    expect(await outcomes()).toEqual(["FORBIDDEN", "FORBIDDEN"]);
    const again = await startRedis({ dataDir, port: redis.port });
    await told;
    expect(codeOf(await socket.next(id, 10_000))).toBe("UNAUTHENTICATED");
    await expect.poll(outcomes, { timeout: 10_000 }).toEqual(["UNAUTHENTICATED", "ok"]);
    await own.stop();
    await again.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  test("that was told before a router started", async () => {
    const userId = newId();
    const as = await tokenOf(userId);
    const raised = await tokenOf("grace");
    await library.feed.grant(userId, "phones:read");
    await library.feed.raise("grace", 1);
    const late = await library.anotherRouter();
    expect(await outcomeOf(PHONE, as, late.url)).toBe("ok");
    expect(await outcomeOf(PHONE, raised, late.url)).toBe("UNAUTHENTICATED");
    await late.stop();
  });
});
