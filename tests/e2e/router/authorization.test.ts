// The router's authorization over both transports: a denied field is fetched from no subgraph, and
// is null with an error in the answer.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Frame, Socket } from "../../kit/socket.ts";
import { type Answer, type AnswerError, type Library, startLibrary } from "./harness.ts";
import { added, lost } from "./library.ts";

let library: Library;
let socket: Socket;
let token: string;
let staff: string;
beforeAll(async () => {
  library = await startLibrary();
  token = await library.token("reader");
  staff = await library.token("staff", { claims: { scope: "phones:read authors:write" } });
  socket = await library.connect();
});
beforeEach(() => {
  library.authors.arrivals.length = 0;
  library.books.arrivals.length = 0;
});
afterAll(async () => {
  socket.close();
  await library.stop();
});

type Outcome = Pick<Answer, "data" | "errors">;

/** The data, and codes by path. Fails unless both transports give the same. */
async function answered(query: string, as?: string, variables: Record<string, unknown> = {}) {
  const overHttp = await library.ask(query, { ...(as && { as }), variables });
  const own = as ? await library.connect({ as }) : socket;
  const { payload } = await own.next(own.subscribe(query, variables));
  if (as) own.close();
  expect(factsOf(payload as Outcome)).toEqual(factsOf(overHttp));
  return factsOf(overHttp);
}

const factsOf = ({ data, errors = [] }: Outcome) => ({ data, denied: errors.map(codeAt) });
const codeAt = ({ path = [], extensions: { code } }: AnswerError) => `${path.join(".")}: ${code}`;
/** All requests that reached the subgraphs. */
const asked = () =>
  [library.authors, library.books].flatMap(({ arrivals }) => arrivals.map(({ query }) => query));

describe("a field that is denied", () => {
  test("is null with a code, and is fetched from no subgraph", async () => {
    const query = `{ archive mine: whoAmI author(id: "a1") { name address } }`;
    expect(await answered(query)).toEqual({
      data: { archive: null, mine: "anonymous", author: { name: "Author a1", address: null } },
      denied: ["archive: UNAUTHENTICATED", "author.address: UNAUTHENTICATED"],
    });
    expect(asked().join()).not.toMatch(/archive|address/);
    expect(await answered(query, token)).toMatchObject({
      data: { archive: "the archive", author: { address: "Address of a1" } },
      denied: [],
    });
  });

  test("for a scope names the required scope", async () => {
    const query = `{ author(id: "a1") { name phone } }`;
    const { errors } = await library.ask(query, { as: token });
    expect(errors).toEqual([
      {
        message: "This needs the scope phones:read.",
        path: ["author", "phone"],
        locations: [{ line: 1, column: 27 }],
        extensions: {
          code: "FORBIDDEN",
          scopes: [["phones:read"]],
          traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      },
    ]);
    expect(await answered(query, token)).toEqual({
      data: { author: null },
      denied: ["author.phone: FORBIDDEN"],
    });
    expect(asked().join()).not.toMatch(/phone/);
    expect(await answered(query, staff)).toMatchObject({ denied: [] });
  });

  test("makes its non-null parents null, through lists of another subgraph", async () => {
    const query =
      "{ books { ...B } } fragment B on Book { title author { name ... { number: phone } } }";
    expect(await answered(query)).toEqual({
      data: null,
      denied: ["books.0.author.number: UNAUTHENTICATED"],
    });
    const one = "{ book(id: 1) { title author { phone } } }";
    expect(await answered(one, token)).toEqual({
      data: { book: null },
      denied: ["book.author.phone: FORBIDDEN"],
    });
  });

  test("is not fetched as a requirement of another field either", async () => {
    const query = "{ book(id: 1) { title author { label } } }";
    expect(await answered(query)).toEqual({
      data: { book: { title: "Book 1", author: { label: null } } },
      denied: ["book.author.label: UNAUTHENTICATED"],
    });
    expect(asked().join()).not.toMatch(/address|label/);
    expect(library.authors.arrivals).toEqual([]);
    const { data } = await answered(query, token);
    expect(data).toMatchObject({
      book: { author: { label: expect.stringMatching(/^To: Address of/) } },
    });
  });

  test("that a condition leaves out gives no error, although one plan serves both", async () => {
    const query = "query ($x: Boolean!) { archive @include(if: $x) whoAmI }";
    expect(await answered(query, undefined, { x: false })).toEqual({
      data: { whoAmI: "anonymous" },
      denied: [],
    });
    expect(await answered(query, undefined, { x: true })).toEqual({
      data: { archive: null, whoAmI: "anonymous" },
      denied: ["archive: UNAUTHENTICATED"],
    });
    expect((await answered(query, token, { x: true })).data).toEqual({
      archive: "the archive",
      whoAmI: "reader",
    });
  });

  test("gives no error below a null parent", async () => {
    const { data, errors } = await library.ask("{ book(id: 1) { coauthor { address } } }");
    expect([data, errors]).toEqual([{ book: { coauthor: null } }, undefined]);
  });
});

describe("nothing reaches a subgraph", () => {
  test("when all fields are denied", async () => {
    expect(await answered("{ a: archive ... { archive } }")).toEqual({
      data: { a: null, archive: null },
      denied: ["a: UNAUTHENTICATED", "archive: UNAUTHENTICATED"],
    });
    expect(asked()).toEqual([]);
  });

  test("when a non-null root field is denied, not even a mutation beside it", async () => {
    expect(await answered("{ whoAmI vault }")).toEqual({
      data: null,
      denied: ["vault: UNAUTHENTICATED"],
    });
    const rename = `rename(input: { id: "a1", name: "x" }) { name }`;
    expect(await answered(`mutation { ${rename} banish(id: "a1") { name } }`, token)).toEqual({
      data: null,
      denied: ["banish: FORBIDDEN"],
    });
    expect(asked()).toEqual([]);
  });

  test("of a denied nullable mutation, while the others run", async () => {
    const rename = `rename(input: { id: "a1", name: "x" }) { name }`;
    expect(await answered(`mutation { retire(id: "a1") { name } ${rename} }`, token)).toEqual({
      data: { retire: null, rename: { name: "Author a1" } },
      denied: ["retire: FORBIDDEN"],
    });
    expect(asked().join()).toMatch(/rename/);
    expect(asked().join()).not.toMatch(/retire/);
  });
});

describe("a subscription", () => {
  const codesOf = ({ type, payload }: Frame) => [type, (payload as AnswerError[]).map(codeAt)];

  test("whose root field is denied is refused, and opens for a viewer who may read it", async () => {
    const query = `subscription { mine: staffShelf(name: "staff") { seq } }`;
    const frame = await socket.next(socket.subscribe(query));
    expect(codesOf(frame)).toEqual(["error", ["mine: UNAUTHENTICATED"]]);
    const own = await library.connect({ as: token });
    const id = own.subscribe(query);
    await library.shelf("staff").listening(1);
    library.shelf("staff").push(added(1));
    expect(await own.event(id)).toEqual({ mine: { seq: 1 } });
    own.close();
  });

  test("has in each event the errors of denied fields, by the type of the event", async () => {
    const id = socket.subscribe(`subscription { shelf(name: "mixed") { at: place seq
      ... on BookAdded { book { author { name address } } } ... on BookLost { reader { phone } } } }`);
    await library.shelf("mixed").listening(1);
    library.shelf("mixed").push(added(1));
    library.shelf("mixed").push(lost(2, "r2"));
    const told = [await socket.next(id), await socket.next(id)];
    expect(told.map(({ payload }) => factsOf(payload as Outcome))).toEqual([
      {
        data: {
          shelf: {
            at: "the first shelf",
            seq: 1,
            book: { author: { name: "Author a1", address: null } },
          },
        },
        denied: ["shelf.book.author.address: UNAUTHENTICATED"],
      },
      {
        data: null,
        denied: ["shelf.at: UNAUTHENTICATED", "shelf.reader.phone: UNAUTHENTICATED"],
      },
    ]);
    socket.complete(id);
    expect(asked().join()).not.toMatch(/address|phone/);
  });
});
