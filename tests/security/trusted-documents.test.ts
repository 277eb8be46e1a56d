// Trusted documents at the running graph: each mode's answers by id and by text, and the metrics.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectFile } from "../contract/project.ts";
import { type OwnRouter, startOwnRouter } from "../kit/own-router.ts";
import { connect } from "../kit/socket.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import * as documents from "./documents.ts";
import {
  byId,
  hashOf,
  ID_REQUIRED,
  listed,
  MANIFEST,
  NOT_FOUND,
  NOT_LISTED,
  refusal,
} from "./documents.ts";

let folder = "";
let me: Person;
let audit: OwnRouter;
let safelist: OwnRouter;
let only: OwnRouter;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "meetinity-documents-"));
  const file = join(folder, "manifest.json");
  await writeFile(file, JSON.stringify(MANIFEST));
  const start = (TRUSTED_DOCUMENTS: string) =>
    startOwnRouter({ TRUSTED_DOCUMENTS, TRUSTED_DOCUMENTS_FILE: file });
  [me, audit, safelist, only] = await Promise.all([
    aPerson(),
    start("audit"),
    start("safelist"),
    start("only"),
  ]);
});
afterAll(async () => {
  await Promise.all([audit, safelist, only].map((router) => router?.stop()));
  await rm(folder, { recursive: true, force: true });
});

const answer = (url: string, input: documents.RequestBody) =>
  documents.answer(url, input, me.token);
const unknownText = "query Unlisted { me { id } }";
const myself = () => ({ status: 200, data: { me: expect.objectContaining({ id: me.id }) } });

describe.each([
  ["audit", () => audit.url],
  ["safelist", () => safelist.url],
  ["only", () => only.url],
] as const)("with %s, a request by id", (_mode, url) => {
  test("is answered, over HTTP and WebSocket", async () => {
    expect(await answer(url(), byId(listed("Me").id))).toEqual(myself());
  });

  test("is answered if the client library sends an empty text beside the id", async () => {
    const input = { query: "", ...byId(listed("Me").id) };
    expect(await documents.overSocket(url(), input, me.token)).toMatchObject({
      data: { me: { id: me.id } },
    });
  });

  test("is answered by GET", async () => {
    const address = new URL(url());
    const { extensions } = byId(listed("Me").id);
    address.searchParams.set("extensions", JSON.stringify(extensions));
    const headers = { "apollo-require-preflight": "1", authorization: `Bearer ${me.token}` };
    const response = await fetch(address, { headers });
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toMatchObject({ data: { me: { id: me.id } } });
  });

  test("may pass variables, and name the operation", async () => {
    const input = { variables: { first: 1 }, operationName: "FindEvents" };
    const { status, data } = await answer(url(), { ...input, ...byId(listed("FindEvents").id) });
    expect([status, data]).toMatchObject([200, { events: { edges: expect.any(Array) } }]);
  });

  test("may open a subscription", async () => {
    const input = { variables: { after: 0 }, ...byId(listed("ViewerRegistrationUpdated").id) };
    const socket = await connect({ url: url(), as: me.token });
    socket.send({ id: "stream", type: "subscribe", payload: input });
    const open = `router_open_subscriptions`;
    const router = [audit, safelist, only].find((each) => each.url === url());
    await expect.poll(() => router?.counted(open)).toBe(1);
    socket.complete("stream");
    await expect.poll(() => router?.counted(open)).toBe(0);
    socket.close();
  });

  test.each([
    ["of an unregistered document", () => hashOf(unknownText)],
    ["of a prototype's property", () => "__proto__"],
    ["that is a number", () => 1],
    ["that is null", () => null],
    ["that is a document", () => unknownText],
  ])("%s gets an error that reveals no document", async (_what, id) => {
    expect(await answer(url(), byId(id()))).toEqual(NOT_FOUND);
  });

  test("of another version gets an error", async () => {
    const extensions = { persistedQuery: { version: 2, sha256Hash: listed("Me").id } };
    expect(await answer(url(), { extensions })).toEqual({
      status: 400,
      ...refusal("BAD_REQUEST", "Unsupported persisted query version"),
    });
  });

  test("cannot mutate by GET", async () => {
    const address = new URL(url());
    const { extensions } = byId(listed("UpdateProfile").id);
    address.searchParams.set("extensions", JSON.stringify(extensions));
    const response = await fetch(address, { headers: { "apollo-require-preflight": "1" } });
    expect(response.status).toBe(405);
  });

  test("is subject to every limit and to the schema", async () => {
    const costly = await answer(url(), byId(listed("Costly").id));
    expect(costly).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "OPERATION_TOO_COMPLEX", limit: "cost" } }],
    });
    const outdated = await answer(url(), byId(listed("Outdated").id));
    expect(outdated).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }],
    });
    const mistyped = { variables: { first: "x" }, ...byId(listed("FindEvents").id) };
    expect(await answer(url(), mistyped)).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
    });
  });

  test("may introspect by a registered document, outside production", async () => {
    expect(await answer(url(), byId(listed("Kinds").id))).toMatchObject({
      status: 200,
      data: { __schema: { queryType: { name: "Query" } } },
    });
  });
});

/** Operations that no manifest has. They must change nothing. */
const UNLISTED: readonly (readonly [string, string])[] = [
  ["another query", unknownText],
  ["a mutation", "mutation Unlisted { signOut { __typename } }"],
  ["a subscription", "subscription Unlisted { viewerRegistrationUpdated { seq } }"],
  ["introspection", "{ __schema { types { name } } }"],
  ["its own __typename", "{ __typename }"],
  ["an invalid document", "{"],
  ["a document that does not fit the schema", "{ nothingLikeThis }"],
  ["a field more", listed("Me").body.replace("id", "id roles")],
  ["an operation more", `${listed("Me").body} query Other { me { id } }`],
];

describe("with safelist, by text", () => {
  test.each([
    ["as it is registered", () => listed("Me").body],
    ["laid out in another way", () => `# me\n${listed("Me").body.replace(/\s+/g, " ,\n")}`],
  ])("a document %s is answered", async (_how, text) => {
    expect(await answer(safelist.url, { query: text() })).toEqual(myself());
  });

  test("a document with its own hash is answered", async () => {
    const { id, body } = listed("Me");
    expect(await answer(safelist.url, { query: body, ...byId(id) })).toEqual(myself());
  });

  test.each(UNLISTED)("%s is refused", async (_what, query) => {
    expect(await answer(safelist.url, { query })).toEqual(NOT_LISTED);
  });

  test("a document with its hash, as clients register them, is refused and not stored", async () => {
    const id = hashOf(unknownText);
    expect(await answer(safelist.url, { query: unknownText, ...byId(id) })).toEqual(NOT_LISTED);
    expect(await answer(safelist.url, byId(id))).toEqual(NOT_FOUND);
  });
});

describe("with only, by text", () => {
  test.each([...UNLISTED, ["a registered document", listed("Me").body] as const])(
    "%s is refused",
    async (_what, query) => {
      expect(await answer(only.url, { query })).toEqual(ID_REQUIRED);
    },
  );

  test("and id, a registered document is refused, because the text was sent", async () => {
    const { id, body } = listed("Me");
    expect(await answer(only.url, { query: body, ...byId(id) })).toEqual(ID_REQUIRED);
  });
});

describe("with audit", () => {
  test("an unknown document is answered, counted each time, and logged once", async () => {
    const unknown = `router_documents_total{outcome="unknown"}`;
    const before = await audit.counted(unknown);
    expect(await answer(audit.url, { query: unknownText })).toEqual(myself());
    expect(await answer(audit.url, { query: unknownText })).toEqual(myself());
    expect(await audit.counted(unknown)).toBe(before + 4);
    const audited = audit.logged.filter(({ hash }) => hash === hashOf(unknownText));
    expect(audited).toMatchObject([
      { level: 30, operationName: "Unlisted", msg: "an unknown document was run" },
    ]);
    expect(JSON.stringify(audited)).not.toContain("{ me");
  });

  test("a known document is not logged, by id or by text", async () => {
    const trusted = `router_documents_total{outcome="trusted"}`;
    const before = await audit.counted(trusted);
    await answer(audit.url, { query: listed("FindEvents").body });
    await answer(audit.url, byId(listed("FindEvents").id));
    expect(await audit.counted(trusted)).toBe(before + 4);
    const audited = audit.logged.filter(({ msg }) => msg === "an unknown document was run");
    expect(audited.map(({ operationName }) => operationName)).not.toContain("FindEvents");
  });

  test("100 unknown documents are logged in an hour, and no more", async () => {
    const input = Array.from({ length: 110 }, (_, at) => ({
      query: `query Many${at} { __typename }`,
    }));
    await Promise.all(input.map((each) => documents.post(audit.url, each, me.token)));
    const audited = audit.logged.filter(({ msg }) => msg === "an unknown document was run");
    expect(audited).toHaveLength(100);
  });
});

test("metrics count refused documents, and requests for unknown ones", async () => {
  const counts = async () =>
    Promise.all(
      ["refused", "missing"].map((outcome) =>
        safelist.counted(`router_documents_total{outcome="${outcome}"}`),
      ),
    );
  const [refused = 0, missing = 0] = await counts();
  await answer(safelist.url, { query: unknownText });
  await answer(safelist.url, byId("0"));
  expect(await counts()).toEqual([refused + 2, missing + 2]);
});

test("the request of the guide is answered", async () => {
  const guide = await readFile(projectFile("docs/guides/trusted-documents.md"), "utf8");
  const [, header = "", body = ""] = /curl \S+ -H '(.+?)' \\\n +-d '(.+?)'/.exec(guide) ?? [];
  const [name = "", value = ""] = header.split(": ");
  const response = await fetch(only.url, { method: "POST", headers: { [name]: value }, body });
  expect(await response.json()).toMatchObject({ data: { events: { edges: expect.any(Array) } } });
});
