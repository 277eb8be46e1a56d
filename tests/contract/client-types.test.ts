// Guarantees about gql.tada on our SDL: documents are typed as they are written, unions by their
// members, and mistakes are found.
import { readFileSync } from "node:fs";
import { minifyIntrospection, outputIntrospectionFile } from "gql.tada/internal";
import { buildSchema, introspectionFromSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { faultsOf } from "./compile.ts";
import { projectFile } from "./project.ts";

const api = buildSchema(readFileSync(projectFile("schema/api.graphql"), "utf8"));

/** What `npx gql.tada generate output` writes for the SDL. */
const ENVIRONMENT = outputIntrospectionFile(minifyIntrospection(introspectionFromSchema(api)), {
  fileType: ".d.ts",
  shouldPreprocess: true,
});

const GRAPHQL = `
  import { initGraphQLTada } from "gql.tada";
  import type { introspection } from "./graphql-env.d.ts";
  export const graphql = initGraphQLTada<{
    introspection: introspection;
    scalars: { DateTime: string };
  }>();
`;

const BASE = { "graphql-env.d.ts": ENVIRONMENT, "graphql.ts": GRAPHQL };
const MINE = `
  import type { ResultOf, VariablesOf } from "gql.tada";
  import { graphql } from "./graphql.ts";
`;

describe("gql.tada", () => {
  it("types data, variables and unions of our graph", () => {
    const text = `${MINE}
      const Send = graphql(\`
        mutation Send($input: SendMessageInput!) {
          sendMessage(input: $input) {
            __typename
            ... on SendMessageSuccess { message { id seq body createdAt } }
            ... on Problem { reason }
          }
        }
      \`);
      type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2
        ? true
        : false;
      export function read({ sendMessage }: ResultOf<typeof Send>): string | null {
        switch (sendMessage.__typename) {
          case "SendMessageSuccess": {
            const seq: Equal<typeof sendMessage.message.seq, number> = true;
            const at: Equal<typeof sendMessage.message.createdAt, string> = seq;
            return at ? sendMessage.message.body : null;
          }
          case "IdempotencyConflictProblem":
          case "RecipientGoneProblem":
          case "NotAllowedProblem":
          case "MessageDeletedProblem":
          case "MessageRequestPendingProblem":
          case "MentionNotMemberProblem":
          case "AttachmentNotUsableProblem":
          case "EmailNotVerifiedProblem":
            return sendMessage.reason;
        }
      }
      const input = { conversationId: "1", clientMessageId: "2", body: "Hello" };
      export const variables: VariablesOf<typeof Send> = { input };
    `;
    expect(faultsOf({ ...BASE, "mine.ts": text })).toEqual([]);
  });

  it("finds a field that is not there, a wrong variable, and a nullable that is not checked", () => {
    const text = `${MINE}
      const Person = graphql("query Person($id: ID!) { user(id: $id) { id headline } }");
      export const wrong: VariablesOf<typeof Person> = { id: 1 };
      export const name = (data: ResultOf<typeof Person>) => data.user?.displayName;
      export const length = (data: ResultOf<typeof Person>) => data.user.headline;
    `;
    expect(faultsOf({ ...BASE, "mine.ts": text })).toEqual([
      expect.stringMatching(/^mine.ts:6 .*'number' is not assignable to type 'string'/),
      expect.stringMatching(/^mine.ts:7 .*'displayName' does not exist/),
      expect.stringMatching(/^mine.ts:8 .*possibly 'null'/),
    ]);
  });
});

it("the typed documents of the client fit Apollo Client and urql", () => {
  const text = `
    import { ApolloClient, InMemoryCache } from "@apollo/client";
    import { createClient } from "@meetinity/client";
    import { createApolloLink, possibleTypes, typePolicies } from "@meetinity/client/apollo";
    import { UserProfileDocument } from "@meetinity/client/documents";
    import { Client as Urql } from "@urql/core";
    const client = createClient({ url: "https://meetinity.example/graphql" });
    const cache = new InMemoryCache({ possibleTypes, typePolicies });
    const apollo = new ApolloClient({ link: createApolloLink(client), cache });
    const urql = new Urql({ url: "", preferGetMethod: false, exchanges: [] });
    export async function both(id: string): Promise<(string | null | undefined)[]> {
      const { data } = await apollo.query({ query: UserProfileDocument, variables: { id } });
      const other = await urql.query(UserProfileDocument, { id });
      return [data?.user?.headline, other.data?.user?.headline];
    }
    export const wrong = apollo.query({ query: UserProfileDocument, variables: { ids: [] } });
    export const other = urql.query(UserProfileDocument, { id: 1 });
  `;
  expect(faultsOf({ "both.ts": text })).toEqual([
    expect.stringMatching(/^both.ts:16 .*'ids' does not exist/),
    expect.stringMatching(/^both.ts:17 .*'number' is not assignable/),
  ]);
});

it("the link and the policies fit Apollo Client 3.14 too", () => {
  const text = `
    import { ApolloClient, InMemoryCache } from "@apollo/client/core";
    import { createClient } from "@meetinity/client";
    import { createApolloLink, possibleTypes, typePolicies } from "@meetinity/client/apollo";
    import { UserProfileDocument } from "@meetinity/client/documents";
    const client = createClient({ url: "https://meetinity.example/graphql" });
    const cache = new InMemoryCache({ possibleTypes, typePolicies });
    const apollo = new ApolloClient({ link: createApolloLink(client), cache });
    export const name = async (id: string) => {
      const { data } = await apollo.query({ query: UserProfileDocument, variables: { id } });
      return data.user?.displayName satisfies string | undefined;
    };
  `;
  const paths = { "@apollo/client/*": [projectFile("node_modules/apollo-client-3/*")] };
  expect(faultsOf({ "three.ts": text }, { paths })).toEqual([]);
});
