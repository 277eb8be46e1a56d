// The list of people after blocks, and `isBlockedByViewer`.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Identity } from "../../../kit/trust/identity.ts";
import type { SignedIn } from "../../../subgraphs/users/accounts/signing-in.ts";
import { blockUser, unblockUser } from "../../../subgraphs/users/people/blocks/actions.ts";
import { anonymous, as, openUsers, type Served, serve, type Users } from "./harness.ts";

let users: Users;
let served: Served;
beforeAll(async () => {
  users = await openUsers();
  served = await serve(users);
});
afterAll(async () => {
  await served.stop();
  await users.close();
});

const block = (by: SignedIn, whom: SignedIn) => blockUser(users.context(as(by)), whom.userId);
const unblock = (by: SignedIn, whom: SignedIn) => unblockUser(users.context(as(by)), whom.userId);

describe("the list of people", () => {
  const LIST = `query($first: Int, $after: String, $search: String) {
    users(first: $first, after: $after, search: $search) {
      edges { node { displayName } } pageInfo { hasNextPage endCursor } } }`;
  interface Page {
    readonly edges: readonly { readonly node: { readonly displayName: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  }

  /** The names on each page. */
  async function pagesOf(reader: Identity, search: string, first: number): Promise<string[][]> {
    const pages: Page[] = [];
    do {
      const after = pages.at(-1)?.pageInfo.endCursor;
      const { data } = await served.ask(reader, LIST, { search, first, after });
      pages.push(data?.users as Page);
    } while (pages.at(-1)?.pageInfo.hasNextPage);
    return pages.map(({ edges }) => edges.map(({ node }) => node.displayName));
  }

  test("leaves out people blocked in either direction, and its pages stay full", async () => {
    const join = (name: string) => users.join(`${name} Q2`);
    const [ada, bob, , dan, , fay] = await Promise.all([
      join("A"),
      join("B"),
      join("C"),
      join("D"),
      join("E"),
      join("F"),
      join("G"),
    ]);
    const names = ["A", "B", "C", "D", "E", "F", "G"].map((name) => `${name} Q2`);
    const whole = [names.slice(0, 2), names.slice(2, 4), names.slice(4, 6), names.slice(6)];
    expect(await pagesOf(as(ada), "q2", 2)).toEqual(whole);

    await block(ada, bob);
    await block(ada, fay);
    await block(dan, ada);
    const rest = [
      ["A Q2", "C Q2"],
      ["E Q2", "G Q2"],
    ];
    users.statements();
    expect(await pagesOf(as(ada), "q2", 2)).toEqual(rest);
    expect(users.statements()).toHaveLength(rest.length);
    for (const other of [bob, dan, fay]) {
      const [found = []] = await pagesOf(as(other), "q2", 10);
      expect(found).toEqual(names.filter((name) => name !== "A Q2"));
    }

    await unblock(ada, bob);
    await unblock(ada, fay);
    await unblock(dan, ada);
    expect(await pagesOf(as(ada), "q2", 2)).toEqual(whole);
  });

  test("distinguishes words by their letters, and finds nobody by a search without letters", async () => {
    const people = ["कला Q4", "कल Q4", "ガラス Q4", "カラス Q4"];
    const [reader] = await Promise.all(people.map((name) => users.join(name)));
    if (!reader) throw new Error("no person joined");
    const found = (search: string) => pagesOf(as(reader), search, 10);
    expect(await found("q4 कला")).toEqual([["कला Q4"]]);
    expect(await found("カラス q4")).toEqual([["カラス Q4"]]);
    expect(await found("ـ")).toEqual([[]]);
  });

  test("is complete for an admin, also after blocks", async () => {
    const [admin, other] = await Promise.all([users.join("Root Q3"), users.join("Other Q3")]);
    await block(other, admin);
    const identity = as(admin);
    const names = (scopes: string[]) => {
      if (identity.kind !== "viewer") throw new Error("nobody signed in");
      return pagesOf({ ...identity, viewer: { ...identity.viewer, scopes } }, "q3", 10);
    };
    expect(await names(["admin"])).toEqual([["Other Q3", "Root Q3"]]);
    expect(await names([])).toEqual([["Root Q3"]]);
  });
});

describe("isBlockedByViewer", () => {
  const FIELDS = "{ id isBlockedByViewer }";
  const REFERENCES = `query($of: [_Any!]!) { _entities(representations: $of) {
    ... on User ${FIELDS} } }`;

  test("of 30 people takes one more statement, and is true only for the blocker", async () => {
    const ada = await users.join("Ada");
    const others = await Promise.all(Array.from({ length: 30 }, () => users.join()));
    const blocked = others.filter((_, at) => at % 3 === 0);
    for (const other of blocked) await block(ada, other);
    const of = others.map(({ userId }) => ({ __typename: "User", id: userId }));
    users.statements();
    const { data } = await served.ask(as(ada), REFERENCES, { of });
    expect(users.statements()).toHaveLength(2);
    expect(data?._entities).toEqual(
      others.map((other) => ({ id: other.userId, isBlockedByViewer: blocked.includes(other) })),
    );
    const [first] = blocked;
    if (!first) throw new Error("nobody is blocked");
    const own = [{ __typename: "User", id: ada.userId }];
    const seen = await served.ask(as(first), REFERENCES, { of: own });
    expect(seen.data?._entities).toEqual([{ id: ada.userId, isBlockedByViewer: false }]);
  });

  test("has the value after the change that the same operation makes", async () => {
    const [ada, bob] = await Promise.all([users.join("Ada"), users.join("Bob")]);
    const twice = `mutation($id: ID!) {
      on: blockUser(input: { userId: $id }) { ... on BlockUserSuccess { user ${FIELDS} } }
      off: unblockUser(input: { userId: $id }) { ... on UnblockUserSuccess { user ${FIELDS} } } }`;
    const user = (isBlockedByViewer: boolean) => ({ user: { id: bob.userId, isBlockedByViewer } });
    const { data } = await served.ask(as(ada), twice, { id: bob.userId });
    expect(data).toEqual({ on: user(true), off: user(false) });
  });

  test("is false before sign-in", async () => {
    const joining = `mutation($input: SignUpInput!) {
      signUp(input: $input) { ... on SignUpSuccess { viewer { isBlockedByViewer } } } }`;
    const input = { email: "q4@meetinity.test", password: "long enough", displayName: "New" };
    const { data } = await served.ask(anonymous, joining, { input });
    expect(data).toEqual({ signUp: { viewer: { isBlockedByViewer: false } } });
  });
});
