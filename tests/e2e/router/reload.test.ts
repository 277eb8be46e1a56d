// Guarantees about a supergraph file that is replaced while the router runs: new operations use the
// new graph, running ones finish on theirs, and a bad file changes nothing.
import { readFile, rename, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { codeOf } from "../../kit/socket.ts";
import { type Library, startLibrary } from "./harness.ts";
import { added } from "./library.ts";

const MOTTO = '{ author(id: "a") { motto } }';
const NOTE = `subscription ($name: String!) {
  shelf(name: $name) { seq ... on BookAdded { note } } }`;
const SEQ = "subscription ($name: String!) { shelf(name: $name) { seq } }";
const POLL = { timeout: 10_000 };

let library: Library;
let whole: string;
beforeAll(async () => {
  library = await startLibrary();
  whole = await readFile(library.supergraphFile, "utf8");
});
afterAll(() => library.stop());
beforeEach(async () => {
  await replaceBy(whole);
  await expect.poll(() => hasField("BookAdded", "note"), POLL).toBe(true);
  await expect.poll(() => hasField("Author", "motto"), POLL).toBe(true);
});

/** As a deployment replaces a file: at once. */
async function replaceBy(sdl: string): Promise<void> {
  const file = `${library.supergraphFile}.new`;
  await writeFile(file, sdl);
  await rename(file, library.supergraphFile);
}

/** The supergraph without a field. */
function without(field: string): string {
  const line = new RegExp(`^ +${field}: .*\n`, "m");
  expect(whole).toMatch(line);
  return whole.replace(line, "");
}

async function hasField(type: string, field: string): Promise<boolean> {
  const { data } = await library.ask(`{ __type(name: "${type}") { fields { name } } }`);
  return JSON.stringify(data).includes(`"${field}"`);
}

async function reloads(outcome: string): Promise<number> {
  const answer = await fetch(new URL("/metrics", library.router.adminUrl));
  const line = new RegExp(`reloads_total\\{outcome="${outcome}"\\} (\\d+)`);
  return Number(line.exec(await answer.text())?.[1] ?? 0);
}

test("new operations use the new graph, over HTTP and sockets, and the one that runs finishes on its own", async () => {
  const socket = await library.connect();
  const before = library.authors.arrivals.length;
  const release = library.authors.hold(1);
  const running = library.ask(MOTTO);
  await expect.poll(() => library.authors.arrivals.length).toBe(before + 1);
  await replaceBy(without("motto"));
  await expect.poll(() => hasField("Author", "motto"), POLL).toBe(false);
  const refused = await socket.next(socket.subscribe(MOTTO));
  expect(codeOf(refused)).toBe("GRAPHQL_VALIDATION_FAILED");
  release();
  expect((await running).data).toEqual({ author: { motto: "Motto of a" } });
  socket.close();
});

test("subscriptions whose document still fits go on, and the others end and say so", async () => {
  const socket = await library.connect();
  const [fits, fitsNot] = [SEQ, NOTE].map((query) => socket.subscribe(query, { name: "reload" }));
  await library.shelf("reload").listening(2);
  await replaceBy(without("note"));
  expect(codeOf(await socket.next(fitsNot))).toBe("GRAPHQL_VALIDATION_FAILED");
  await library.shelf("reload").listening(1);
  library.shelf("reload").push(added(1));
  expect(await socket.event(fits ?? "")).toEqual({ shelf: { seq: 1 } });
  socket.close();
});

test.each([
  ["that is no SDL", "type Query {"],
  ["that is no supergraph", "type Query { a: ID }"],
  ["that is empty", ""],
])("a file %s is refused, and the graph stays as it was", async (_what, sdl) => {
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
