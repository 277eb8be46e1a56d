// The order of messages by the rules of graphql-transport-ws: none before connection_ack, none
// after a cancel, none after the end. Tests compare all messages, so that an extra one is noticed.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf, type Frame } from "../../kit/socket.ts";
import { type Library, startLibrary } from "../router/harness.ts";
import { added } from "../router/library.ts";
import { connectWire, GREETING, openWire, subscribe } from "./raw-socket.ts";

let library: Library;
beforeAll(async () => {
  library = await startLibrary();
});
afterAll(() => library.stop());

const SEQ = "subscription ($name: String!) { shelf(name: $name) { seq } }";
const JOINED = `subscription ($name: String!) {
  shelf(name: $name) { seq ... on BookAdded { book { author { name } } } }
}`;
const WHO = "{ whoAmI }";

const watch = (id: string, name: string, query = SEQ) => subscribe(id, query, { name });
const complete = (id: string): Frame => ({ id, type: "complete" });
const next = (id: string, data: unknown): Frame => ({ id, type: "next", payload: { data } });
const event = (id: string, seq: number) => next(id, { shelf: { seq } });
const answer = (id: string) => [next(id, { whoAmI: "anonymous" }), complete(id)];

/** Delays the first request to authors until the returned function is called. */
async function holding(ask: () => void): Promise<() => void> {
  const before = library.authors.arrivals.length;
  const release = library.authors.hold(1);
  ask();
  const arrived = () => library.authors.arrivals.length;
  await expect.poll(arrived, { interval: 5, timeout: 5_000 }).toBeGreaterThan(before);
  return release;
}

describe("before connection_ack", () => {
  test("pings are answered, and nothing else is sent", async () => {
    const wire = await openWire(library.url);
    expect(await wire.before()).toEqual([]);
    wire.say(complete("1"), { type: "pong" });
    expect(await wire.before()).toEqual([]);
    wire.say(GREETING);
    expect(await wire.next()).toEqual({ type: "connection_ack" });
    wire.say(subscribe("1", WHO));
    expect([await wire.next(), await wire.next()]).toEqual(answer("1"));
    wire.close();
  });

  test("a subscribe closes the socket, without another frame", async () => {
    const wire = await openWire(library.url);
    wire.say(GREETING, subscribe("1", WHO));
    await wire.closed;
    expect(wire.heard).toEqual([]);
  });
});

describe("after a cancel", () => {
  test("right behind the subscribe, nothing is sent, of a stream or a query", async () => {
    const wire = await connectWire(library.url);
    wire.say(watch("1", "at once"), complete("1"), subscribe("2", WHO), complete("2"));
    wire.say(subscribe("3", WHO));
    expect([await wire.next(), await wire.next()]).toEqual(answer("3"));
    await library.shelf("at once").listening(0);
    expect(await wire.before()).toEqual([]);
    wire.close();
  });

  test("pending events are not sent", async () => {
    const wire = await connectWire(library.url);
    const shelf = library.shelf("on their way");
    wire.say(watch("1", "on their way", JOINED));
    await shelf.listening(1);
    const release = await holding(() => {
      for (let seq = 1; seq <= 20; seq += 1) shelf.push(added(seq));
    });
    wire.say(complete("1"));
    await shelf.listening(0);
    release();
    wire.say(subscribe("2", WHO));
    expect([await wire.next(), await wire.next()]).toEqual(answer("2"));
    expect(await wire.before()).toEqual([]);
    wire.close();
  });

  test("a pending answer is not sent", async () => {
    const wire = await connectWire(library.url);
    const release = await holding(() => wire.say(subscribe("1", WHO)));
    wire.say(complete("1"));
    expect(await wire.before()).toEqual([]);
    release();
    wire.say(subscribe("2", WHO));
    expect([await wire.next(), await wire.next()]).toEqual(answer("2"));
    wire.close();
  });

  test("a second, late or unknown cancel is ignored", async () => {
    const wire = await connectWire(library.url);
    wire.say(subscribe("1", WHO));
    expect([await wire.next(), await wire.next()]).toEqual(answer("1"));
    wire.say(complete("1"), complete("1"), complete("never"));
    expect(await wire.before()).toEqual([]);
    wire.close();
  });
});

describe("an id is free", () => {
  test("as soon as it is cancelled, for another stream", async () => {
    const wire = await connectWire(library.url);
    wire.say(watch("1", "first"));
    await library.shelf("first").listening(1);
    wire.say(complete("1"), watch("1", "second"));
    await library.shelf("first").listening(0);
    await library.shelf("second").listening(1);
    library.shelf("first").push(added(1));
    library.shelf("second").push(added(2));
    expect(await wire.next()).toEqual(event("1", 2));
    wire.say(complete("1"));
    await library.shelf("second").listening(0);
    expect(await wire.before()).toEqual([]);
    wire.close();
  });

  test("as soon as it is cancelled, though the answer to the first is still on its way", async () => {
    const wire = await connectWire(library.url);
    const release = await holding(() => wire.say(subscribe("1", WHO)));
    wire.say(complete("1"), watch("1", "behind an answer"));
    await library.shelf("behind an answer").listening(1);
    release();
    wire.say(subscribe("2", WHO));
    expect([await wire.next(), await wire.next()]).toEqual(answer("2"));
    library.shelf("behind an answer").push(added(7));
    expect(await wire.next()).toEqual(event("1", 7));
    wire.close();
    await library.shelf("behind an answer").listening(0);
  });

  test("when the operation is complete, or has failed", async () => {
    const wire = await connectWire(library.url);
    for (let time = 1; time <= 50; time += 1) {
      wire.say(subscribe("1", WHO));
      expect([await wire.next(), await wire.next()]).toEqual(answer("1"));
      wire.say(subscribe("1", "{"));
      expect((await wire.next()).type).toBe("error");
    }
    wire.close();
  });

  test("on every other socket", async () => {
    const wires = await Promise.all([1, 2, 3].map(() => connectWire(library.url)));
    const names = wires.map((_, at) => `of ${at}`);
    wires.map((wire, at) => wire.say(watch("same", names[at] ?? "")));
    await Promise.all(names.map((name) => library.shelf(name).listening(1)));
    for (const [at, name] of names.entries()) library.shelf(name).push(added(at));
    for (const [at, wire] of wires.entries()) {
      expect(await wire.next()).toEqual(event("same", at));
      expect(await wire.before()).toEqual([]);
      wire.close();
    }
  });
});

describe("an operation", () => {
  test("does not wait for another of its socket", async () => {
    const wire = await connectWire(library.url);
    const release = await holding(() => wire.say(subscribe("slow", WHO)));
    wire.say(subscribe("fast", "{ book(id: 1) { title } }"));
    expect(await wire.next()).toEqual(next("fast", { book: { title: "Book 1" } }));
    expect(await wire.next()).toEqual(complete("fast"));
    release();
    expect([await wire.next(), await wire.next()]).toEqual(answer("slow"));
    wire.close();
  });

  test("that completes sends complete after its last event, and nothing more", async () => {
    const wire = await connectWire(library.url);
    const shelf = library.shelf("finite");
    wire.say(watch("1", "finite"));
    await shelf.listening(1);
    for (let seq = 1; seq <= 40; seq += 1) shelf.push(added(seq));
    shelf.complete();
    for (let seq = 1; seq <= 40; seq += 1) expect(await wire.next()).toEqual(event("1", seq));
    expect(await wire.next()).toEqual(complete("1"));
    expect(await wire.before()).toEqual([]);
    wire.close();
  });

  test.each([
    ["before it runs", "{", {}],
    ["when it opens", SEQ, { name: "closed" }],
    ["for its variables", SEQ, {}],
  ])("that fails %s sends one error, and nothing more", async (_when, query, variables) => {
    const wire = await connectWire(library.url);
    wire.say(subscribe("1", query, variables));
    expect(await wire.next()).toMatchObject({ id: "1", type: "error" });
    expect(await wire.before()).toEqual([]);
    wire.close();
  });

  test("that fails after events sends one error after them, and nothing more", async () => {
    const own = await startLibrary();
    const wire = await connectWire(own.url);
    wire.say(watch("1", "doomed"));
    await own.shelf("doomed").listening(1);
    own.shelf("doomed").push(added(1));
    expect(await wire.next()).toEqual(event("1", 1));
    await own.books.stop();
    expect(codeOf(await wire.next())).toBe("SUBGRAPH_UNAVAILABLE");
    expect(await wire.before()).toEqual([]);
    wire.close();
    await own.stop();
  });
});
