// Properties of random exchanges over a socket: no client causes the close code for our own bugs,
// and after cancels and reused ids each operation sends only its own results. With the server of
// graphql-ws both properties fail.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { CLOSINGS, type Closing } from "../../../router/subscriptions/closings.ts";
import type { Frame } from "../../kit/socket.ts";
import { type Library, startLibrary } from "../router/harness.ts";
import { added } from "../router/library.ts";
import { connectWire, GREETING, openWire, subscribe } from "./raw-socket.ts";

let library: Library;
let plain: Library;
beforeAll(async () => {
  // It logs every bug to the console.
  vi.spyOn(console, "error").mockReturnValue();
  [library, plain] = await Promise.all([startLibrary(), startLibrary({ isPlain: true })]);
});
afterAll(() => Promise.all([library.stop(), plain.stop()]));

const codeOf = ({ code }: Closing) => code;

/** A subgraph whose subscriptions are served by graphql-ws without changes. */
const servedByLibrary = () => `${plain.books.url}/graphql`;

const SEQ = "subscription ($name: String!) { shelf(name: $name) { seq } }";
const BOOKS = "{ books { id } }";

describe("no frames of a client cause close code 4500", () => {
  /** The client closes, at the latest, without a code. */
  const OWN = 1005;
  const { invalidMessage, unauthorized, idInUse, tooManyInits } = CLOSINGS;
  const EXPECTED = [OWN, ...[invalidMessage, unauthorized, idInUse, tooManyInits].map(codeOf)];
  const id = fc.constantFrom("1", "2", "", "x".repeat(200), "__proto__");
  const deep = fc.constantFrom(1, 20_000).map((levels) => "[".repeat(levels) + "]".repeat(levels));
  const operations = fc.constantFrom<readonly [string, Record<string, unknown>]>(
    [BOOKS, {}],
    ["{", {}],
    ["{ nothing }", {}],
    [SEQ, { name: "any" }],
    [SEQ, { name: { not: ["text"] } }],
    ["", {}],
  );
  const message = fc.oneof(
    fc.tuple(id, operations).map(([each, [query, variables]]) => subscribe(each, query, variables)),
    id.map((each): Frame => ({ id: each, type: "complete" })),
    fc.constantFrom<Frame>(GREETING, { type: "pong" }, { type: "connection_ack" }),
    id.map((each): Frame => ({ id: each, type: "next", payload: { data: {} } })),
    deep.map((payload) => `{"type":"ping","payload":{"a":${payload}}}`),
    fc
      .record({ id: fc.anything(), type: fc.anything(), payload: fc.anything() })
      .map((each) => JSON.stringify(each)),
    fc.json(),
    fc.string({ unit: "binary" }),
  );

  const property = (url: () => string) =>
    fc.asyncProperty(fc.boolean(), fc.array(message, { maxLength: 8 }), async (isGreeted, said) => {
      const wire = await (isGreeted ? connectWire : openWire)(url());
      wire.say(...said);
      await wire.before().catch(() => wire.closed);
      wire.close();
      expect(EXPECTED).toContain((await wire.closed).code);
    });

  test(
    "of the router",
    () =>
      fc.assert(
        property(() => library.url),
        { numRuns: 200 },
      ),
    60_000,
  );

  test("but of graphql-ws", async () => {
    const runs = { numRuns: 200, endOnFailure: true };
    const { errorInstance } = await fc.check(property(servedByLibrary), runs);
    expect(String(errorInstance)).toContain(`to include ${CLOSINGS.broken.code}`);
  }, 60_000);
});

describe("whatever is cancelled and asked again under few ids, each operation says its own", () => {
  const id = fc.constantFrom("1", "2");
  const step = fc.record({ does: fc.constantFrom("watch", "cancel", "ask and cancel"), id });
  const writes = fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 4 });
  let watched = 0;

  interface Steps {
    readonly messages: readonly Frame[][];
    /** The shelf that each id watches in the end. */
    readonly open: ReadonlyMap<string, string>;
    readonly left: readonly string[];
  }

  /** The messages to send. None uses an id that is in use. */
  function planned(of: readonly (readonly { does: string; id: string }[])[]): Steps {
    const open = new Map<string, string>();
    const names: string[] = [];
    const cancel = (each: string): Frame[] => {
      open.delete(each);
      return [{ id: each, type: "complete" }];
    };
    const messages = of.map((steps) =>
      steps.flatMap(({ does, id: each }) => {
        if (does === "cancel") return cancel(each);
        if (open.has(each)) return [];
        if (does !== "watch") return [subscribe(each, BOOKS), ...cancel(each)];
        watched += 1;
        const name = `watched ${watched}`;
        names.push(name);
        open.set(each, name);
        return [subscribe(each, SEQ, { name })];
      }),
    );
    return { messages, open, left: names.filter((name) => ![...open.values()].includes(name)) };
  }

  const inTime = <Value>(promise: Promise<Value>) =>
    Promise.race([
      promise,
      new Promise<never>((_resolve, reject) => {
        setTimeout(reject, 5_000, new Error("a stream did not open or end")).unref();
      }),
    ]);

  const property = (url: () => string, shelf: Library["shelf"]) =>
    fc.asyncProperty(writes, async (of) => {
      const { messages, open, left } = planned(of);
      const wire = await connectWire(url());
      for (const each of messages) {
        wire.say(...each);
        await new Promise(setImmediate);
      }
      await inTime(Promise.all([...open.values()].map((name) => shelf(name).listening(1))));
      wire.say(subscribe("last", BOOKS));
      expect([(await wire.next()).id, (await wire.next()).id]).toEqual(["last", "last"]);
      await inTime(Promise.all(left.map((name) => shelf(name).listening(0))));
      for (const [each, name] of open) {
        shelf(name).push(added(watched));
        const payload = { data: { shelf: { seq: watched } } };
        expect(await wire.next()).toEqual({ id: each, type: "next", payload });
      }
      expect(await wire.before()).toEqual([]);
      wire.close();
    });

  test("of the router", () => {
    const ofRouter = property(() => library.url, library.shelf);
    return fc.assert(ofRouter, { numRuns: 100 });
  }, 60_000);

  test("but of graphql-ws", async () => {
    const ofLibrary = property(servedByLibrary, plain.shelf);
    const runs = { numRuns: 100, endOnFailure: true };
    expect((await fc.check(ofLibrary, runs)).failed).toBe(true);
  }, 60_000);
});
