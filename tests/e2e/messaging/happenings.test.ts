// Happenings among the messages: every page has its own, in whatever order pages are read, and none
// is left out without a number.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dataOf } from "../../kit/client.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, logOf, mutate, upTo } from "./harness.ts";

interface Happening {
  readonly __typename: string;
  readonly seq: number;
  readonly actor: { readonly id: string } | null;
}

interface Page {
  readonly edges: { readonly node: { readonly seq: number } }[];
  readonly happenings: readonly Happening[];
  readonly omittedHappenings: number;
  readonly pageInfo: {
    readonly hasPreviousPage: boolean;
    readonly hasNextPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const QUERY = `query($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $at: Int) {
  conversation(id: $id) { messages(first: $first, after: $after, last: $last, before: $before,
    aroundSeq: $at) { edges { node { seq } } omittedHappenings happenings { __typename seq
      actor { id } ... on MembersHappening { addedUsers { id } addedCount removedUsers { id }
        removedCount isLeaving newOwner { id } } ... on PinHappening { messageId isPinned } }
      pageInfo { hasPreviousPage hasNextPage startCursor endCursor } } } }`;

async function page(as: TokenHolder, id: string, paging: object): Promise<Page> {
  type Data = { conversation: { messages: Page } };
  const { conversation } = await dataOf<Data>(QUERY, { id, ...paging }, { as: as.token });
  return conversation.messages;
}

const SHOWN = ["membersChanged", "pinChanged", "roleChanged", "conversationChanged"];

/** The seqs of all happenings of a conversation, from its log. */
async function happened(group: string): Promise<number[]> {
  const entries = await logOf(group);
  return entries.filter(({ type }) => SHOWN.includes(type)).map(({ seq }) => seq);
}

const KINDS = ["send", "send", "pin", "unpin", "react", "add", "remove"] as const;

/** Makes a log of random changes. */
async function play(
  owner: TokenHolder,
  guest: TokenHolder,
  group: string,
  kinds: readonly (typeof KINDS)[number][],
): Promise<void> {
  let last: string | null = null;
  for (const kind of kinds) {
    const target = { messageId: last };
    if (kind === "add") {
      await mutate("AddMembers", owner, { conversationId: group, userIds: [guest.id] });
    } else if (kind === "remove") {
      await mutate("RemoveMember", owner, { conversationId: group, userId: guest.id });
    } else if (kind === "send" || last === null) last = (await aMessage(owner, group)).id;
    else if (kind === "pin") await mutate("PinMessage", owner, target);
    else if (kind === "unpin") await mutate("UnpinMessage", owner, target);
    else await mutate("AddReaction", owner, { ...target, emoji: "👍" });
  }
}

/** Where a reader begins, and the side of each page after that; the page has so many messages. */
const aWalk = fc.record({
  start: fc.oneof(
    fc.record({ first: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ last: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ first: fc.integer({ min: 1, max: 4 }), at: fc.nat({ max: 50 }) }),
  ),
  steps: fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 4 })), {
    minLength: 60,
    maxLength: 60,
  }),
});

type Walk = typeof aWalk extends fc.Arbitrary<infer Value> ? Value : never;

/** Reads pages on both sides, as the steps say, until there are none on either side. */
async function walk(as: TokenHolder, group: string, { start, steps }: Walk): Promise<Page[]> {
  const pages = [await page(as, group, start)];
  for (const [isForward, size] of steps) {
    const { hasNextPage, endCursor: after } = pages.at(-1)?.pageInfo ?? {};
    const { hasPreviousPage, startCursor: before } = pages[0]?.pageInfo ?? {};
    if (!hasNextPage && !hasPreviousPage) return pages;
    if (hasNextPage && (isForward || !hasPreviousPage)) {
      pages.push(await page(as, group, { first: size, after }));
    } else pages.unshift(await page(as, group, { last: size, before }));
  }
  return pages;
}

describe("happenings", () => {
  test("are told with who did what", async () => {
    const [ada, bob, cy] = await tokenHolders(3);
    const group = await aGroup(ada, [bob]);
    await mutate("AddMembers", ada, { conversationId: group, userIds: [cy.id] });
    const { id: messageId } = await aMessage(bob, group);
    await mutate("PinMessage", bob, { messageId });
    await mutate("UnpinMessage", cy, { messageId });
    await mutate("LeaveConversation", ada, { conversationId: group });
    const { happenings, omittedHappenings } = await page(cy, group, { last: 5 });
    expect(omittedHappenings).toBe(0);
    const pin = { __typename: "PinHappening", messageId };
    expect(happenings).toMatchObject([
      {
        __typename: "MembersHappening",
        seq: 1,
        actor: { id: ada.id },
        addedUsers: [{ id: cy.id }],
      },
      { ...pin, seq: 3, actor: { id: bob.id }, isPinned: true },
      { ...pin, seq: 4, actor: { id: cy.id }, isPinned: false },
      { seq: 5, removedUsers: [{ id: ada.id }], isLeaving: true, newOwner: { id: bob.id } },
    ]);
  });

  test("are in one page each, in whatever order pages are read from wherever", async () => {
    const [ada, bob] = await tokenHolders(2);
    const kinds = fc.array(fc.constantFrom(...KINDS), { minLength: 10, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        kinds,
        fc.array(aWalk, { minLength: 3, maxLength: 3 }),
        async (log, ways) => {
          const group = await aGroup(ada, []);
          await play(ada, bob, group, log);
          const all = await happened(group);
          for (const way of ways) {
            const pages = await walk(ada, group, way);
            expect(pages.flatMap(({ happenings }) => happenings.map(({ seq }) => seq))).toEqual(
              all,
            );
            expect(pages.every(({ omittedHappenings }) => omittedHappenings === 0)).toBe(true);
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  test("that are too many for a page are counted, and are those before the others", async () => {
    const [ada] = await tokenHolders(1);
    const group = await aGroup(ada, []);
    const { id: messageId } = await aMessage(ada, group);
    for (const _ of upTo(12)) {
      await mutate("PinMessage", ada, { messageId });
      await mutate("UnpinMessage", ada, { messageId });
    }
    const all = await happened(group);
    const { happenings, omittedHappenings } = await page(ada, group, { last: 1 });
    expect(happenings.map(({ seq }) => seq)).toEqual(all.slice(-20));
    expect(omittedHappenings).toBe(all.length - 20);
  });
});
