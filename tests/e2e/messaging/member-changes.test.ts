// The changes of a group's members among its messages: every page has its own, and all pages
// together have each once, in whatever direction they are read.
import { describe, expect, test } from "vitest";
import { dataOf } from "../../kit/client.ts";
import { eraseIn } from "../../kit/erasures.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate, upTo } from "./harness.ts";

interface Change {
  readonly seq: number;
  readonly actor: { readonly id: string } | null;
  readonly addedUsers: readonly ({ readonly id: string } | null)[];
  readonly addedCount: number;
  readonly removedUsers: readonly ({ readonly id: string } | null)[];
  readonly removedCount: number;
  readonly isLeaving: boolean;
}

interface Page {
  readonly edges: { readonly node: { readonly seq: number } }[];
  readonly memberChanges: readonly Change[];
  readonly pageInfo: {
    readonly hasPreviousPage: boolean;
    readonly hasNextPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const QUERY = `query($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $at: Int) {
  conversation(id: $id) { messages(first: $first, after: $after, last: $last, before: $before,
    aroundSeq: $at) { edges { node { seq } } memberChanges { seq createdAt actor { id } addedUsers { id }
      addedCount removedUsers { id } removedCount isLeaving }
      pageInfo { hasPreviousPage hasNextPage startCursor endCursor } } } }`;

async function page(as: TokenHolder, id: string, paging: object): Promise<Page> {
  type Data = { conversation: { messages: Page } };
  const { conversation } = await dataOf<Data>(QUERY, { id, ...paging }, { as: as.token });
  return conversation.messages;
}

const seqsOf = (pages: readonly Page[]) =>
  pages.flatMap(({ memberChanges }) => memberChanges.map(({ seq }) => seq));

describe("the changes of members", () => {
  test("are told with who did what, and who left on their own", async () => {
    const [ada, bob, cy, eve, dan, fay] = await tokenHolders(6);
    const group = await aGroup(ada, [bob]);
    const userIds = [cy, eve, dan, fay].map(({ id }) => id);
    await mutate("AddMembers", ada, { conversationId: group, userIds });
    await mutate("RemoveMember", ada, { conversationId: group, userId: cy.id });
    await mutate("LeaveConversation", eve, { conversationId: group });
    await eraseIn("messaging", dan.id);
    const { memberChanges } = await page(bob, group, { last: 5 });
    const by = { id: ada.id };
    expect(memberChanges).toMatchObject([
      { seq: 1, actor: by, addedCount: 4, removedCount: 0, isLeaving: false },
      { seq: 2, actor: by, removedUsers: [{ id: cy.id }], removedCount: 1, isLeaving: false },
      { seq: 3, actor: { id: eve.id }, removedUsers: [{ id: eve.id }], isLeaving: true },
      { seq: 4, actor: null, removedUsers: [{ id: dan.id }], isLeaving: true },
    ]);
    expect(memberChanges[0]?.addedUsers.map((user) => user?.id)).toEqual(userIds.slice(0, 3));
  });

  test("are in one page each, read forwards, backwards and around a place", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, []);
    // Changes before, among and behind 7 messages.
    const change = async () => {
      await mutate("AddMembers", ada, { conversationId: group, userIds: [bob.id] });
      await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    };
    await change();
    for (const _ of upTo(7)) {
      await aMessage(ada, group);
      await change();
    }
    const all = (await page(ada, group, { last: 100 })).memberChanges.map(({ seq }) => seq);
    expect(all).toHaveLength(16);

    const forwards: Page[] = [];
    for (let after: string | null | undefined; forwards.at(-1)?.pageInfo.hasNextPage ?? true; ) {
      forwards.push(await page(ada, group, { first: 2, after }));
      after = forwards.at(-1)?.pageInfo.endCursor;
    }
    expect(seqsOf(forwards)).toEqual(all);

    const backwards: Page[] = [];
    for (let before: string | null | undefined; backwards[0]?.pageInfo.hasPreviousPage ?? true; ) {
      backwards.unshift(await page(ada, group, { last: 2, before }));
      before = backwards[0]?.pageInfo.startCursor;
    }
    expect(seqsOf(backwards)).toEqual(all);

    const middle = await page(ada, group, { first: 3, at: all[8] });
    const { startCursor: before, endCursor: after } = middle.pageInfo;
    const sides = [
      await page(ada, group, { last: 100, before }),
      middle,
      await page(ada, group, { first: 100, after }),
    ];
    expect(seqsOf(sides)).toEqual(all);
  });
});
