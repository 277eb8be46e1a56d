// The generated resolver types, checked with the compiler: a missing resolver is an error in that
// feature's resolvers.ts, and no other resolver is required.
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { resolverTypes } from "../../schema/resolver-types.ts";
import { projectFile } from "./project.ts";
import { subgraphOf } from "./sdl.ts";

const folder = projectFile("subgraphs/events");

const EVENTS = `
  extend type Query { event(id: ID!): Event }
  type Event @key(fields: "id") {
    id: ID! title: String! startsAt: DateTime! tags: [String!]! venue: String organizer: User
  }
  extend type Mutation { publishEvent(input: PublishEventInput!): PublishEventResult! }
  input PublishEventInput { id: ID! isQuiet: Boolean! = false note: String }
  union PublishEventResult = PublishEventSuccess | EventOverProblem
  type PublishEventSuccess { event: Event! }
  type EventOverProblem implements Problem { reason: String! hint: String }
`;
const REGISTRATIONS = `
  extend type Event { attendees(first: Int = 20, after: String): AttendeeConnection! }
  extend type User @key(fields: "id") { id: ID! @external eventCount: Int! }
  type AttendeeConnection { edges: [AttendeeEdge!]! pageInfo: PageInfo! }
  type AttendeeEdge { cursor: String! node: User! }
`;
const STUBS = `extend type Venue @key(fields: "id", resolvable: false) { id: ID! @external }`;

const EVENT_ROW = `export interface EventRow {
  readonly id: string; readonly title: string; readonly startsAt: Date;
  readonly tags: readonly string[]; readonly venue: string | null; readonly organizerId: string;
}`;
const QUERY = `Query: { event: () => null }`;
const MUTATION = `Mutation: {
  publishEvent: (_, { input }) =>
    input.isQuiet
      ? { __typename: "EventOverProblem", reason: input.note ?? "It is over." }
      : { __typename: "PublishEventSuccess", event: row },
}`;
const EVENT = `Event: {
  organizer: ({ organizerId }) => ({ id: organizerId }),
  __resolveReference: async ({ id }) => ({ ...row, id }),
}`;
const ATTENDEES = `Event: {
  attendees: ({ id }, { first }, { viewerId }) => ({
    edges: [{ cursor: id + String(first), node: { __typename: "User", id: viewerId } }],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, endCursor: null },
  }),
}`;
const USER = "User: { eventCount: ({ id }) => id.length }";

interface Feature {
  readonly events?: readonly string[];
  readonly registrations?: readonly string[];
  readonly row?: string;
}

/** The compiler's errors for a subgraph with these resolvers, by file. */
async function errorsOf({
  events = [QUERY, MUTATION, EVENT],
  registrations = [ATTENDEES, USER],
  row = EVENT_ROW,
}: Feature): Promise<string[]> {
  const subgraph = subgraphOf("events", {
    events: EVENTS,
    registrations: REGISTRATIONS,
    stubs: STUBS,
  });
  const rows = new Map([["events", ["EventRow"]]]);
  const resolversOf = (type: string, parts: readonly string[]) => `
    import type { ${type} } from "../generated/resolvers.ts";
    declare const row: import("../events/store.ts").EventRow;
    export const resolvers: ${type} = { ${parts.join(", ")} };
    export { row };`;
  return compile({
    "context.ts": "export interface Context { readonly viewerId: string }",
    "generated/resolvers.ts": await resolverTypes(subgraph, rows),
    "events/store.ts": row,
    "events/resolvers.ts": resolversOf("EventsResolvers", events),
    "registrations/resolvers.ts": resolversOf("RegistrationsResolvers", registrations),
    "stubs/resolvers.ts": resolversOf("StubsResolvers", []),
  });
}

describe("resolvers", () => {
  it("for all fields that parents do not have are accepted", async () => {
    expect(await errorsOf({})).toEqual([]);
  });

  it("without a field that the parent misses are refused in that feature's file", async () => {
    const event = "Event: { __resolveReference: () => null }";
    expect(await errorsOf({ events: [QUERY, MUTATION, event] })).toEqual([
      expect.stringMatching(/^events\/resolvers.ts: .*'organizer' is missing/s),
    ]);
  });

  it("without a field with arguments are refused", async () => {
    expect(await errorsOf({ registrations: [USER] })).toEqual([
      expect.stringMatching(/^registrations\/resolvers.ts: .*'Event' is missing/s),
    ]);
  });

  it("without a field of another subgraph's entity are refused", async () => {
    expect(await errorsOf({ registrations: [ATTENDEES] })).toEqual([
      expect.stringMatching(/^registrations\/resolvers.ts: .*'User' is missing/s),
    ]);
  });

  it("without the reference resolver of an entity are refused", async () => {
    const event = "Event: { organizer: () => null }";
    expect(await errorsOf({ events: [QUERY, MUTATION, event] })).toEqual([
      expect.stringMatching(/^events\/resolvers.ts: .*'__resolveReference' is missing/s),
    ]);
  });

  it("without a mutation are refused", async () => {
    expect(await errorsOf({ events: [QUERY, EVENT] })).toEqual([
      expect.stringMatching(/^events\/resolvers.ts: .*'Mutation' is missing/s),
    ]);
  });

  it("without a field that the parent has in another type are refused", async () => {
    const row = EVENT_ROW.replace("startsAt: Date", "startsAt: string");
    expect(await errorsOf({ row })).toEqual([
      expect.stringMatching(/^events\/resolvers.ts: .*'startsAt' is missing/s),
    ]);
  });

  it("for fields that the SDL does not have are refused", async () => {
    const event = EVENT.replace("Event: {", "Event: { forgotten: () => 1,");
    expect(await errorsOf({ events: [QUERY, MUTATION, event] })).toEqual([
      expect.stringMatching(/^events\/resolvers.ts: .*'forgotten' does not exist/s),
    ]);
  });

  it("that return a member of a union without its __typename are refused", async () => {
    const mutation = MUTATION.replace('__typename: "EventOverProblem",', "");
    expect(await errorsOf({ events: [QUERY, mutation, EVENT] })).toEqual([
      expect.stringMatching(/^events\/resolvers.ts: .*__typename/s),
    ]);
  });
});

it("a scalar of unknown type stops generation", async () => {
  const subgraph = subgraphOf("events", { events: "scalar Money type Fee { amount: Money! }" });
  await expect(resolverTypes(subgraph, new Map())).rejects.toThrow(/Unknown scalar type Money/);
});

/** Parsed once for all compilations. */
const libraries = new Map<string, ts.SourceFile>();

/** Compiles files in memory, as if they were in a subgraph's folder. */
function compile(files: Readonly<Record<string, string>>): string[] {
  const config = ts.readConfigFile(projectFile("tsconfig.json"), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, folder);
  const texts = new Map<string, string>(
    Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.directoryExists = () => true;
  host.fileExists = (path) => texts.has(path) || (!path.startsWith(folder) && fileExists(path));
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, target, ...rest) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, target);
    const known = libraries.get(path) ?? getSourceFile(path, target, ...rest);
    if (known) libraries.set(path, known);
    return known;
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const path = file?.fileName.slice(folder.length + 1) ?? "";
    return `${path}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}
