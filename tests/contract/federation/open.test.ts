// `--open`: the router serves any supergraph without a guard and with almost no settings, and never
// in production.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { type ComposedFile, writeSupergraph } from "./composed.ts";
import { type ServedSubgraph, type Subgraph, serveSubgraph } from "./subgraph.ts";

/** It has all policies that a guarded router enforces, and a scalar with one of our names. */
const STRANGER: Subgraph = {
  sdl: `
    type Query {
      secret: String @authenticated
      scoped: String @requiresScopes(scopes: [["root"]])
      related: String @policy(policies: [["self"]])
      numbers(first: Int): [Int!]! @cost(weight: 100000) @listSize(assumedSize: 100000) @cacheTag(format: "numbers")
      day(of: DateTime!): DateTime!
      self: Query
    }
    scalar DateTime
  `,
  resolvers: {
    Query: {
      secret: () => "told",
      scoped: () => "told",
      related: () => "told",
      numbers: () => [1, 2],
      day: (_, { of }) => of,
      self: () => ({}),
    },
  },
};

let subgraph: ServedSubgraph;
let supergraph: ComposedFile;
let router: ChildProcess;
let url = "";
beforeAll(async () => {
  subgraph = await serveSubgraph(STRANGER);
  supergraph = await writeSupergraph({ stranger: STRANGER }, { stranger: subgraph.url });
  router = start({ PORT: "0", SUPERGRAPH_FILE: supergraph.file });
  const [message] = (await once(router, "message")) as [{ readonly url: string }];
  url = new URL("/graphql", message.url).href;
});
afterAll(async () => {
  router.kill("SIGTERM");
  await once(router, "exit");
  await Promise.all([subgraph.stop(), supergraph.remove()]);
});

/** Only PATH is inherited. */
function start(env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "router/main.ts", "--open"], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

const TOLD = { data: { secret: "told", scoped: "told", related: "told" } };
const SECRETS = "{ secret scoped related }";

describe("an open router", () => {
  test("gives an anonymous client everything that a guarded one gives an authorized viewer", async () => {
    expect(await ask(SECRETS, {}, { url })).toMatchObject(TOLD);
    expect(await ask(SECRETS, {}, { url, as: "of.no.token" })).toMatchObject(TOLD);
  });

  test("gives the same over WebSocket", async () => {
    const socket = await connect({ url, as: "of.no.token" });
    expect(await socket.next(socket.subscribe(SECRETS))).toMatchObject({
      type: "next",
      payload: TOLD,
    });
    socket.close();
  });

  test("has no limit of documents and no cost", async () => {
    const aliases = Array.from({ length: 200 }, (_, at) => `a${at}: numbers(first: 1000000)`);
    const numbers = Object.fromEntries(aliases.map((_, at) => [`a${at}`, [1, 2]]));
    expect(await ask(`{ ${aliases.join(" ")} }`, {}, { url })).toMatchObject({ data: numbers });
    const deep = `${"{ self ".repeat(30)} { secret } ${"}".repeat(30)}`;
    expect(JSON.stringify(await ask(deep, {}, { url }))).toContain(`{"secret":"told"}`);
    const long = `{ secret ${"# ".repeat(200_000)}\n }`;
    expect(await ask(long, {}, { url })).toMatchObject({ data: { secret: "told" } });
  });

  test("leaves custom scalars to the subgraphs", async () => {
    expect(await ask("{ day(of: 5) }", {}, { url })).toMatchObject({ data: { day: 5 } });
  });

  test("is ready when it listens, even if its subgraphs have no readiness", async () => {
    expect((await fetch(new URL("/readyz", url))).status).toBe(200);
  });
});

test("an open router does not start in production, and the error says why", async () => {
  const refused = start({ NODE_ENV: "production", PORT: "0" });
  const [said, [code]] = await Promise.all([
    refused.stderr ? text(refused.stderr) : "",
    once(refused, "exit"),
  ]);
  expect(code).toBe(1);
  expect(said.trim()).toBe(
    "--open has no authorization, no limits and no rates, and is refused where NODE_ENV is " +
      "production: start the router without it.",
  );
});
