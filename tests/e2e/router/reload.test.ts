// A supergraph file that is replaced while the router runs: new operations use the new graph,
// running ones finish on the old one, and an invalid file changes nothing.
import { readFile, rename, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { startProxy, type TcpProxy } from "../../kit/proxy.ts";
import { codeOf } from "../../kit/socket.ts";
import { type Library, startLibrary } from "./harness.ts";
import { added } from "./library.ts";

const MOTTO = '{ author(id: "a") { motto } }';
const NOTE = `subscription ($name: String!) {
  shelf(name: $name) { seq ... on BookAdded { note } } }`;
const SEQ = "subscription ($name: String!) { shelf(name: $name) { seq } }";
const MOTTO_OF_BOOK = `subscription ($name: String!) {
  shelf(name: $name) { seq ... on BookAdded { book { author { motto } } } } }`;
const POLL = { timeout: 20_000 };

let library: Library;
let whole: string;
let served: string;
beforeAll(async () => {
  library = await startLibrary();
  whole = await readFile(library.supergraphFile, "utf8");
  served = whole;
});
afterAll(() => library.stop());
beforeEach(() => become(whole));

/** Replaces the file atomically, as a deployment does. */
async function replaceBy(sdl: string): Promise<void> {
  const file = `${library.supergraphFile}.new`;
  await writeFile(file, sdl);
  await rename(file, library.supergraphFile);
}

/** Resolves when the router serves this graph. */
async function become(sdl: string): Promise<void> {
  const before = await reloads("ok");
  await replaceBy(sdl);
  if (sdl !== served) await expect.poll(() => reloads("ok"), POLL).toBe(before + 1);
  served = sdl;
}

/** The supergraph without a field. */
function without(field: string): string {
  return changed(new RegExp(`^ +${field}: .*\n`, "m"), "");
}

/** The supergraph in which a field of the library needs a sign-in. */
function denying(field: string): string {
  return changed(new RegExp(`^ +${field}: .*$`, "m"), "$& @authenticated");
}

function changed(line: RegExp, by: string): string {
  expect(whole).toMatch(line);
  return whole.replace(line, by);
}

async function reloads(outcome: string): Promise<number> {
  const answer = await fetch(new URL("/metrics", library.router.adminUrl));
  const line = new RegExp(`reloads_total\\{outcome="${outcome}"\\} (\\d+)`);
  return Number(line.exec(await answer.text())?.[1] ?? 0);
}

test("new operations use the new graph, over HTTP and sockets, and a running one keeps the old graph", async () => {
  const socket = await library.connect();
  const before = library.authors.arrivals.length;
  const release = library.authors.hold(1);
  const running = library.ask(MOTTO);
  await expect.poll(() => library.authors.arrivals.length).toBe(before + 1);
  await become(without("motto"));
  const refused = await socket.next(socket.subscribe(MOTTO));
  expect(codeOf(refused)).toBe("GRAPHQL_VALIDATION_FAILED");
  release();
  expect((await running).data).toEqual({ author: { motto: "Motto of a" } });
  socket.close();
});

test("subscriptions whose document is still valid go on, and the others end with a code", async () => {
  const socket = await library.connect();
  const [fits, fitsNot] = [SEQ, NOTE].map((query) => socket.subscribe(query, { name: "reload" }));
  await library.shelf("reload").listening(2);
  await become(without("note"));
  expect(codeOf(await socket.next(fitsNot))).toBe("GRAPHQL_VALIDATION_FAILED");
  await library.shelf("reload").listening(1);
  library.shelf("reload").push(added(1));
  expect(await socket.event(fits ?? "")).toEqual({ shelf: { seq: 1 } });
  socket.close();
});

test("a subscription ends if the new graph denies a part of it, and no other ends", async () => {
  const socket = await library.connect();
  const as = await library.token("u1");
  const signedIn = await library.connect({ as });
  const denied = socket.subscribe(NOTE, { name: "denying" });
  const others = [
    { of: socket, id: socket.subscribe(SEQ, { name: "denying" }) },
    { of: signedIn, id: signedIn.subscribe(NOTE, { name: "denying" }) },
  ];
  await library.shelf("denying").listening(3);
  await become(denying("note"));
  expect(codeOf(await socket.next(denied))).toBe("GRAPHQL_VALIDATION_FAILED");
  await library.shelf("denying").listening(2);
  library.shelf("denying").push(added(1));
  for (const { of, id } of others) expect(await of.event(id)).toMatchObject({ shelf: { seq: 1 } });
  for (const { of } of others) of.close();
});

test("a subscription goes on unchanged if the new graph grants more of it", async () => {
  await become(denying("note"));
  const socket = await library.connect();
  const id = socket.subscribe(NOTE, { name: "granting" });
  await library.shelf("granting").listening(1);
  await become(whole);
  library.shelf("granting").push(added(1));
  const { payload } = await socket.next(id);
  expect(payload).toMatchObject({
    data: { shelf: { seq: 1, note: null } },
    errors: [{ path: ["shelf", "note"] }],
  });
  socket.close();
});

test("requests, events and readiness use the new address of a subgraph", async () => {
  const [left, taken] = await Promise.all([0, 1].map(() => startProxy(library.authors.url)));
  if (!left || !taken) throw new Error("two addresses are needed");
  onTestFinished(async () => {
    await become(whole);
    await Promise.all([left.stop(), taken.stop()]);
  });
  const at = ({ url }: TcpProxy) => whole.replaceAll(library.authors.url, url);
  const isReady = async () => (await fetch(new URL("/readyz", library.router.url))).status;
  await become(at(left));
  const socket = await library.connect();
  const id = socket.subscribe(MOTTO_OF_BOOK, { name: "moving" });
  await library.shelf("moving").listening(1);
  library.shelf("moving").push(added(1));
  expect(await socket.event(id)).toMatchObject({ shelf: { seq: 1, book: { author: {} } } });
  expect(await isReady()).toBe(200);
  expect(left.connections()).toBeGreaterThan(0);

  await become(at(taken));
  await expect.poll(() => left.connections(), POLL).toBe(0);
  const arrivals = left.arrivals();
  library.shelf("moving").push(added(2));
  expect(await socket.event(id)).toMatchObject({ shelf: { seq: 2, book: { author: {} } } });
  expect((await library.ask(MOTTO)).data).toEqual({ author: { motto: "Motto of a" } });
  await expect.poll(isReady, POLL).toBe(200);
  expect(taken.arrivals()).toBeGreaterThan(0);
  expect(left.arrivals()).toBe(arrivals);
  socket.close();
});

test("a running request to a subgraph that moves is answered", async () => {
  const taken = await startProxy(library.authors.url);
  onTestFinished(async () => {
    await become(whole);
    await taken.stop();
  });
  const before = library.authors.arrivals.length;
  const release = library.authors.hold(1);
  const running = library.ask(MOTTO);
  await expect.poll(() => library.authors.arrivals.length).toBe(before + 1);
  await become(whole.replaceAll(library.authors.url, taken.url));
  release();
  expect((await running).data).toEqual({ author: { motto: "Motto of a" } });
});

test.each([
  ["that is no SDL", "type Query {"],
  ["that is no supergraph", "type Query { a: ID }"],
  ["that is empty", ""],
])("a file %s is refused, and the graph stays", async (_what, sdl) => {
  const socket = await library.connect();
  const id = socket.subscribe(NOTE, { name: "refused" });
  await library.shelf("refused").listening(1);
  const before = await reloads("refused");
  await replaceBy(sdl);
  await expect.poll(() => reloads("refused"), POLL).toBe(before + 1);
  expect((await library.ask(MOTTO)).data).toEqual({ author: { motto: "Motto of a" } });
  library.shelf("refused").push(added(1));
  expect(await socket.event(id)).toEqual({ shelf: { seq: 1, note: null } });
  socket.close();
});
