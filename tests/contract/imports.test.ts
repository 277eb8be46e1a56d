// The table of allowed imports: reads go resolver, loader, store; writes go resolver, action,
// rules, store; no subgraph imports another, and the kit imports none.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importsOf } from "./imports.ts";
import { projectFile, projectFiles } from "./project.ts";
import { verdict } from "./rooms.ts";
import { circleIn, ROUTER_ROOMS } from "./router-rooms.ts";

it("every import of the project is one that the table allows", () => {
  const breaches = projectFiles(".ts", ".tsx")
    .flatMap((path) => importsOf(path, readFileSync(projectFile(path), "utf8")))
    .flatMap((each) => {
      const why = verdict(each);
      return why ? [`${each.from} imports ${each.specifier}: ${why}`] : [];
    });
  expect(breaches).toEqual([]);
});

it("the folders of the router form no circle", () => {
  expect(circleIn(ROUTER_ROOMS)).toBeNull();
});

it("a circle of three folders is found", () => {
  expect(circleIn({ a: ["b"], b: ["c"], c: ["a"], d: ["a"] })).toEqual(["a", "b", "c", "a"]);
});

describe("the table forbids", () => {
  it.each([
    [
      "a policy that knows the execution, even by a type",
      "router/policy/access.ts",
      'import type { Data } from "../execution/data.ts"',
    ],
    [
      "facts about a document that know the policy",
      "router/document/conditions.ts",
      'import type { Limits } from "../policy/guard.ts"',
    ],
    [
      "a folder of the router that knows how the router is put together",
      "router/execution/executor.ts",
      'import type { RouterConfig } from "../config.ts"',
    ],
    [
      "a folder of the router that the table does not have",
      "router/main.ts",
      'import { anything } from "./new/anything.ts"',
    ],
    [
      "a resolver that queries",
      "subgraphs/events/events/resolvers.ts",
      'import { find } from "./store.ts"',
    ],
    [
      "a resolver that decides",
      "subgraphs/events/events/resolvers.ts",
      'import { may } from "./rules.ts"',
    ],
    [
      "a resolver that uses another feature's action",
      "subgraphs/events/events/resolvers.ts",
      'import { register } from "../registrations/actions.ts"',
    ],
    [
      "an action that knows the resolvers",
      "subgraphs/events/events/actions.ts",
      'import { resolvers } from "./resolvers.ts"',
    ],
    [
      "an action that builds GraphQL objects",
      "subgraphs/events/events/actions.ts",
      'import type { Event } from "../generated/resolvers.ts"',
    ],
    [
      "an action that uses the Prisma client",
      "subgraphs/events/events/actions.ts",
      'import { PrismaClient } from "../generated/prisma/client.ts"',
    ],
    [
      "an action that uses another feature's resolvers",
      "subgraphs/events/events/actions.ts",
      'import { resolvers } from "../registrations/resolvers.ts"',
    ],
    [
      "rules that use the kit",
      "subgraphs/events/events/rules.ts",
      'import { now } from "#kit/clock"',
    ],
    [
      "rules that use a package",
      "subgraphs/events/events/rules.ts",
      'import { randomUUID } from "node:crypto"',
    ],
    ["rules that read", "subgraphs/events/events/rules.ts", 'import { find } from "./store.ts"'],
    [
      "rules that name Prisma's types",
      "subgraphs/events/events/rules.ts",
      'import type { Event } from "../generated/prisma/client.ts"',
    ],
    [
      "a store that decides",
      "subgraphs/events/events/store.ts",
      'import { may } from "./rules.ts"',
    ],
    [
      "a second file that uses the database",
      "subgraphs/events/events/jobs.ts",
      'import pg from "pg"',
    ],
    [
      "a subgraph that knows another",
      "subgraphs/events/events/store.ts",
      'import type { UserRow } from "../../users/profiles/store.ts"',
    ],
    [
      "a subgraph that knows the router",
      "subgraphs/events/main.ts",
      'import { start } from "../../router/server.ts"',
    ],
    [
      "a subgraph that knows the schema tools",
      "subgraphs/events/events/actions.ts",
      'import { compose } from "#schema/compose"',
    ],
    [
      "a kit that knows a subgraph",
      "kit/service/subgraph.ts",
      'import type { Context } from "../../subgraphs/users/context.ts"',
    ],
    [
      "a kit that knows the router",
      "kit/service/subgraph.ts",
      'import { start } from "../../router/server.ts"',
    ],
    [
      "a router that knows a subgraph",
      "router/server.ts",
      'export * from "../subgraphs/users/context.ts"',
    ],
    [
      "a local runtime that loads a service into itself",
      "local/start.ts",
      'await import("../router/main.ts")',
    ],
    [
      "an area that uses more of another one than its stores",
      "subgraphs/users/people/profiles/actions.ts",
      'import { judge } from "../../accounts/sessions/rules.ts"',
    ],
    [
      "a server that knows a client",
      "router/server.ts",
      'import { createClient } from "../clients/sdk/index.ts"',
    ],
  ])("%s", (_, from, text) => {
    expect(importsOf(from, text).map(verdict)).toEqual([expect.any(String)]);
  });
});

describe("the table allows", () => {
  it.each([
    [
      "a resolver to call actions and loaders",
      "subgraphs/events/events/resolvers.ts",
      'import { publish } from "./actions.ts"; import { byId } from "./loaders.ts"',
    ],
    [
      "a resolver to name rows and generated types",
      "subgraphs/events/events/resolvers.ts",
      'import type { EventRow } from "./store.ts"; import type { EventsResolvers } from "../generated/resolvers.ts"',
    ],
    [
      "an action to decide and save",
      "subgraphs/events/events/actions.ts",
      'import { may } from "./rules.ts"; import { save } from "./store.ts"; import { log } from "#kit/service/logger"',
    ],
    [
      "an action to read another feature through its store",
      "subgraphs/events/events/actions.ts",
      'import { count } from "../registrations/store.ts"; import type { Seats } from "../registrations/rules.ts"',
    ],
    [
      "an action to read another area through its stores",
      "subgraphs/users/accounts/sessions/actions.ts",
      'import { find } from "../../people/profiles/store.ts"; import { begin } from "../starts.ts"',
    ],
    [
      "an area to sweep the list of an event that it changes",
      "subgraphs/events/planning/events/actions.ts",
      'import { sweepChanged } from "../../seats/sweep.ts"',
    ],
    [
      "an action in a folder of actions to do so",
      "subgraphs/events/events/actions/publish.ts",
      'import { may } from "../rules.ts"; import { save } from "../store.ts"',
    ],
    [
      "rules to name types",
      "subgraphs/events/events/rules.ts",
      'import type { EventRow } from "./store.ts"; import { type Viewer } from "#kit/trust/identity"',
    ],
    [
      "the store to use the Prisma client",
      "subgraphs/events/events/store.ts",
      'import { Prisma } from "../generated/prisma/client.ts"; import { invariant } from "#kit/invariant"',
    ],
    [
      "a test to use what it tests",
      "subgraphs/events/events/rules.test.ts",
      'import { may } from "./rules.ts"; import { expect } from "vitest"',
    ],
  ])("%s", (_, from, text) => {
    expect(importsOf(from, text).map(verdict).filter(Boolean)).toEqual([]);
  });
});
