// The subgraphs compose, and the committed files are the result.
import { Supergraph } from "@apollo/federation-internals";
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { readRequirements } from "#kit/trust/authorization";
import { withoutPurposes } from "../../router/supergraph/links.ts";
import { compose, staleFiles } from "../../schema/compose.ts";
import { readRoutes } from "../../schema/routes.ts";
import { readSubgraphs } from "../../schema/sdl.ts";
import { subgraphOf } from "./sdl.ts";

describe("the project's subgraphs", () => {
  const composition = compose(readSubgraphs());

  it("compose without errors or warnings", () => {
    expect(composition).toMatchObject({ errors: [], warnings: [] });
  });

  it("compose to the committed files; if not, run `npm run compose`", async () => {
    expect(composition.files && staleFiles(composition.files, await readRoutes())).toEqual([]);
  });
});

describe("composition", () => {
  const users = subgraphOf("users", {
    profiles: `
      extend type Query { me: User @cacheControl(scope: PRIVATE) }
      "A person."
      type User @key(fields: "id") { id: ID! }
    `,
  });
  const messaging = (sender: string) =>
    subgraphOf("messaging", {
      conversations: `
        extend type Subscription {
          conversationEvents(after: Int): Entry!
            @resumable(argument: "after", position: "seq", previous: "prevSeq") @shared
        }
        type Entry { seq: Int! prevSeq: Int! sender: ${sender}! }
        extend type User @key(fields: "id") { id: ID! }
      `,
    });

  it("gives the router the live directives and the addresses of the subgraphs", () => {
    const { files } = compose([users, messaging("User")]);
    expect(files?.supergraph).toMatch(/conversationEvents.*@resumable\(.*\) @shared/);
    expect(files?.supergraph).toMatch(/me: User .*@cacheControl\(scope: PRIVATE\)/);
    expect(files?.supergraph).toContain('url: "http://127.0.0.1:4104/graphql"');
  });

  it("gives clients the descriptions, and nothing of federation", () => {
    const { files } = compose([users, messaging("User")]);
    expect(files?.api).toContain('"""A person."""');
    expect(files?.api).not.toMatch(/join__|link__|_entities|@key/);
  });

  it("does not depend on the order of the subgraphs", () => {
    const forth = compose([users, messaging("User")]);
    const back = compose([messaging("User"), users]);
    expect(back.files).toEqual(forth.files);
  });

  it("reports every error with its file", () => {
    const { files, errors } = compose([users, messaging("Sender")]);
    expect(files).toBeNull();
    expect(errors.join("\n")).toMatch(/subgraphs\/messaging\/conversations\/schema\.graphql:\d+/);
  });

  it("refuses a subgraph without a port, and says where to add it", () => {
    expect(() => compose([subgraphOf("payments", { cards: "type Card { id: ID! }" })])).toThrow(
      /payments has no port: add it to PORTS in schema\/compose.ts/,
    );
  });

  const secrets = subgraphOf("users", {
    profiles: `
      extend type Query { me: User @policy(policies: [["public"]]) }
      type User @key(fields: "id") { id: ID! email: String @authenticated }
    `,
  });
  const hashes = (demand: string) =>
    subgraphOf("messaging", {
      pictures: `
        extend type User @key(fields: "id") {
          id: ID!
          email: String @external
          emailHash: String @requires(fields: "email") ${demand}
        }
      `,
    });

  it("refuses a field that requires a protected one without its protection", () => {
    expect(compose([secrets, hashes("@authenticated")]).errors).toEqual([]);
    const { errors } = compose([secrets, hashes("")]);
    expect(errors).toEqual([expect.stringMatching(/"User.emailHash".*@authenticated/s)]);
  });

  it("gives a file that the gateway loads only without the purpose of the authorization links", () => {
    const { supergraph = "" } = compose([secrets]).files ?? {};
    expect(() => Supergraph.build(supergraph)).toThrow(/unsupported/);
    const { schema } = Supergraph.build(withoutPurposes(parse(supergraph)));
    const requirements = readRequirements(schema.toGraphQLJSSchema());
    expect(requirements.get("User.email")).toMatchObject({ isAuthenticated: true });
    expect(requirements.get("User.id")).toMatchObject({ isAuthenticated: false });
  });
});
