// Subscriptions at the router: events are joined with other subgraphs and in order, cancels are
// immediate, and ends have a reason.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf, type Frame } from "../../kit/socket.ts";
import { type Library, startLibrary } from "./harness.ts";
import { added, lost } from "./library.ts";

let library: Library;
beforeAll(async () => {
  library = await startLibrary();
});
afterAll(() => library.stop());

const POLL = { interval: 5, timeout: 20_000 };
const SEQ = "subscription ($name: String!) { shelf(name: $name) { seq } }";
const JOINED = /* GraphQL */ `
  subscription ($name: String!, $withMotto: Boolean = false) {
    update: shelf(name: $name) {
      __typename
      position: seq
      ... on BookAdded {
        book {
          title
          by: author {
            ...Card
          }
        }
      }
      ... on BookLost {
        reader {
          ...Card
        }
      }
    }
  }
  fragment Card on Author {
    name
    motto @include(if: $withMotto)
  }
`;

const errorOf = (frame: Frame) => {
  expect(frame.type).toBe("error");
  return (frame.payload as unknown[])[0];
};

describe("an event", () => {
  test("is joined with fields of another subgraph, through aliases, fragments and interfaces", async () => {
    const socket = await library.connect();
    const id = socket.subscribe(JOINED, { name: "joined", withMotto: true });
    await library.shelf("joined").listening(1);
    library.shelf("joined").push(added(1));
    library.shelf("joined").push(lost(2, "r2"));
    expect(await socket.event(id)).toEqual({
      update: {
        __typename: "BookAdded",
        position: 1,
        book: { title: "Book b1", by: { name: "Author a1", motto: "Motto of a1" } },
      },
    });
    expect(await socket.event(id)).toEqual({
      update: {
        __typename: "BookLost",
        position: 2,
        reader: { name: "Author r2", motto: "Motto of r2" },
      },
    });
    socket.close();
  });

  test("that fails in part is delivered with the errors of both subgraphs at their paths", async () => {
    const socket = await library.connect();
    const id = socket.subscribe(
      `subscription { shelf(name: "partial") { ... on BookAdded { note book { author { motto } } } } }`,
    );
    await library.shelf("partial").listening(1);
    library.shelf("partial").push(added(1, "secretive", "broken"));
    const { payload } = await socket.next(id);
    expect(payload).toEqual({
      data: { shelf: { note: null, book: { author: { motto: null } } } },
      errors: [
        expect.objectContaining({
          path: ["shelf", "note"],
          extensions: expect.objectContaining({ code: "NOT_FOUND" }),
        }),
        expect.objectContaining({
          path: ["shelf", "book", "author", "motto"],
          extensions: expect.objectContaining({ code: "FORBIDDEN" }),
        }),
      ],
    });
    library.shelf("partial").push(added(2));
    expect((await socket.next(id)).payload).not.toHaveProperty("errors");
    socket.close();
  });

  test("is sent in its order, however long the entity fetches of others take", async () => {
    const socket = await library.connect();
    const id = socket.subscribe(JOINED, { name: "ordered" });
    await library.shelf("ordered").listening(1);
    const { arrivals } = library.authors;
    const release = library.authors.hold(1);
    const before = arrivals.length;
    for (let seq = 1; seq <= 5; seq += 1) {
      library.shelf("ordered").push(added(seq));
      await expect.poll(() => arrivals.length - before, POLL).toBe(seq);
    }
    for (let seq = 6; seq <= 40; seq += 1) library.shelf("ordered").push(added(seq));
    release();
    for (let seq = 1; seq <= 40; seq += 1) {
      expect(await socket.event(id)).toMatchObject({
        update: { position: seq, book: { by: { name: `Author a${seq}` } } },
      });
    }
    socket.close();
  });

  test("without a required value has an error, not a bare null", async () => {
    const socket = await library.connect();
    const id = socket.subscribe(JOINED, { name: "null" });
    await library.shelf("null").listening(1);
    library.shelf("null").push(added(1, "nameless"));
    const { payload } = await socket.next(id);
    expect(payload).toMatchObject({ data: null, errors: [{ extensions: {} }] });
    expect(payload).not.toHaveProperty("extensions");
    socket.close();
  });
});

describe("a client that leaves", () => {
  test("ends its source at once, without a further event", async () => {
    const socket = await library.connect();
    const shelf = library.shelf("quiet");
    const id = socket.subscribe(SEQ, { name: "quiet" });
    await shelf.listening(1);
    socket.complete(id);
    await shelf.listening(0);
    socket.subscribe(SEQ, { name: "quiet" });
    await shelf.listening(1);
    socket.close();
    await shelf.listening(0);
  });

  test("ends its source while an event waits for another subgraph", async () => {
    const socket = await library.connect();
    const shelf = library.shelf("busy");
    socket.subscribe(JOINED, { name: "busy" });
    await shelf.listening(1);
    const release = library.authors.hold(1_000);
    const before = library.authors.arrivals.length;
    shelf.push(added(1));
    await expect.poll(() => library.authors.arrivals.length, POLL).toBe(before + 1);
    socket.close();
    await shelf.listening(0);
    release();
  });

  test("does not end the streams of others, which share one socket to the subgraph", async () => {
    const [leaver, stayer] = await Promise.all([library.connect(), library.connect()]);
    const shelf = library.shelf("shared");
    leaver.subscribe(SEQ, { name: "shared" });
    const id = stayer.subscribe(SEQ, { name: "shared" });
    await shelf.listening(2);
    leaver.close();
    await shelf.listening(1);
    shelf.push(added(1));
    expect(await stayer.event(id)).toEqual({ shelf: { seq: 1 } });
    stayer.close();
  });
});

describe("a stream ends", () => {
  test("with complete when its source completes", async () => {
    const socket = await library.connect();
    const id = socket.subscribe(SEQ, { name: "finite" });
    await library.shelf("finite").listening(1);
    library.shelf("finite").push(added(1));
    library.shelf("finite").complete();
    await socket.event(id);
    expect((await socket.next(id)).type).toBe("complete");
    socket.close();
  });

  test("with the subgraph's own code when it refuses", async () => {
    const socket = await library.connect();
    const closed = await socket.next(socket.subscribe(SEQ, { name: "closed" }));
    expect(errorOf(closed)).toMatchObject({
      message: "This shelf is closed.",
      extensions: { code: "FORBIDDEN", name: "closed" },
    });
    const late = socket.subscribe(`subscription { shelf(name: "x", after: 100) { seq } }`);
    expect(errorOf(await socket.next(late))).toMatchObject({
      extensions: { code: "RESYNC_REQUIRED", head: 99 },
    });
    socket.close();
  });

  test("with UNAUTHENTICATED when the token expires, and then its socket closes", async () => {
    const socket = await library.connect({ as: await library.token("ada", { lifeMs: 1_500 }) });
    const id = socket.subscribe(SEQ, { name: "expiring" });
    await library.shelf("expiring").listening(1);
    expect(codeOf(await socket.next(id))).toBe("UNAUTHENTICATED");
    await library.shelf("expiring").listening(0);
    expect(await socket.closed).toEqual({ code: 4403, reason: "Forbidden" });
  });

  test("with SUBGRAPH_UNAVAILABLE when its subgraph dies", async () => {
    const own = await startLibrary();
    const socket = await own.connect();
    const id = socket.subscribe(SEQ, { name: "doomed" });
    await own.shelf("doomed").listening(1);
    own.shelf("doomed").push(added(1));
    await socket.event(id);
    await own.books.stop();
    expect(codeOf(await socket.next(id))).toBe("SUBGRAPH_UNAVAILABLE");
    const again = socket.subscribe(SEQ, { name: "doomed" });
    expect(codeOf(await socket.next(again))).toBe("SUBGRAPH_UNAVAILABLE");
    socket.close();
    await own.stop();
  });
});
