// Guarantees about the threads that a person follows: the people of a thread follow it, anybody may
// choose otherwise, and the list has each once with its unread replies.
import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { aPerson, type Person, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, codeOf, mutate, upTo } from "./harness.ts";
import { openAtHeads, receive } from "./inbox-harness.ts";
import { readThread, reply } from "./thread-harness.ts";

interface Followed {
  readonly rootId: string;
  readonly replyCount: number;
  readonly unreadCount: number;
  readonly isFollowing: boolean;
}

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: Followed }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

type Paging = Readonly<Record<string, unknown>>;

async function pageOf({ token }: TokenHolder, paging: Paging = {}): Promise<Page> {
  type Data = { followedThreads: Page };
  return (await dataOf<Data>(operation("FollowedThreads"), paging, { as: token })).followedThreads;
}

const followedBy = async (person: TokenHolder) =>
  (await pageOf(person)).edges.map(({ node }) => node);

async function unreadThreads({ token }: TokenHolder): Promise<number> {
  type Data = { me: { unreadThreads: number } };
  return (await dataOf<Data>(operation("UnreadThreads"), {}, { as: token })).me.unreadThreads;
}

const follow = (person: TokenHolder, messageId: string, isFollowing = true, router = 0) =>
  mutate("FollowThread", person, { messageId, isFollowing }, router);

async function aTalk() {
  const people = ["Ada", "Bob", "Eve"].map((name) => aPerson(name));
  const [ada, bob, eve] = (await Promise.all(people)) as [Person, Person, Person];
  const group = await aGroup(ada, [bob, eve]);
  return { ada, bob, eve, group };
}

test("the author of a message and those who reply follow its thread, and nobody else", async () => {
  const { ada, bob, eve, group } = await aTalk();
  const { id } = await aMessage(ada, group, "root");
  expect(await followedBy(ada)).toEqual([]);
  await reply(bob, group, id);
  expect(await followedBy(ada)).toMatchObject([
    { rootId: id, replyCount: 1, unreadCount: 1, isFollowing: true },
  ]);
  expect(await followedBy(bob)).toMatchObject([{ rootId: id, unreadCount: 0 }]);
  expect(await followedBy(eve)).toEqual([]);
  expect(await Promise.all([ada, bob, eve].map(unreadThreads))).toEqual([1, 0, 0]);
});

test("a reply to one's own message is followed and read", async () => {
  const { ada, group } = await aTalk();
  const { id } = await aMessage(ada, group, "root");
  await reply(ada, group, id);
  expect(await followedBy(ada)).toMatchObject([{ rootId: id, unreadCount: 0 }]);
});

test("anybody follows a thread or stops to, and their other devices hear of it once", async () => {
  const { ada, bob, eve, group } = await aTalk();
  const { id } = await aMessage(ada, group, "root");
  await reply(bob, group, id);
  const socket = await connect({ as: eve.token, router: 1 });
  const { id: inbox } = await openAtHeads(socket);
  await follow(eve, id);
  await follow(eve, id, true, 1);
  await follow(eve, id, false, 1);
  const told = { __typename: "ThreadFollowed", conversationId: group, threadRootId: id };
  expect(await receive(socket, inbox, 2)).toMatchObject([
    { ...told, isFollowing: true },
    { ...told, isFollowing: false },
  ]);
  socket.close();
  expect(await followedBy(eve)).toEqual([]);
  await follow(ada, id, false);
  expect((await readThread(ada, id))?.thread).toMatchObject({ isFollowing: false });
  await reply(bob, group, id);
  expect(await followedBy(ada)).toEqual([]);
  expect(await unreadThreads(ada)).toBe(0);
  await reply(ada, group, id);
  expect(await followedBy(ada)).toMatchObject([{ rootId: id, unreadCount: 0 }]);
});

test("only a thread that begins with a visible message and has replies is followed", async () => {
  const { ada, bob, group } = await aTalk();
  const [stranger] = await tokenHolders(1);
  const { id } = await aMessage(ada, group, "root");
  expect(await codeOf("FollowThread", bob, { messageId: id })).toBe("BAD_USER_INPUT");
  const { message } = await reply(bob, group, id);
  expect(await codeOf("FollowThread", bob, { messageId: message?.id })).toBe("BAD_USER_INPUT");
  expect(await codeOf("FollowThread", bob, { messageId: newId() })).toBe("NOT_FOUND");
  expect(await codeOf("FollowThread", stranger, { messageId: id })).toBe("NOT_FOUND");
});

test("the list pages through all threads, the latest replies first", async () => {
  const { ada, bob, group } = await aTalk();
  const roots: string[] = [];
  for (const at of upTo(5)) {
    const { id } = await aMessage(ada, group, String(at));
    await reply(bob, group, id);
    roots.unshift(id);
  }
  const found: string[] = [];
  for (let after: string | null = null, hasMore = true; hasMore; ) {
    const { edges, pageInfo }: Page = await pageOf(ada, { first: 2, after });
    found.push(...edges.map(({ node }) => node.rootId));
    after = pageInfo.endCursor;
    hasMore = pageInfo.hasNextPage;
  }
  expect(found).toEqual(roots);
  await reply(bob, group, roots[4] ?? "");
  expect((await followedBy(ada))[0]).toMatchObject({ rootId: roots[4], unreadCount: 2 });
});

test("a thread goes with its last reply, with its hidden beginning and with the membership", async () => {
  const { ada, bob, group } = await aTalk();
  const [one, two] = [await aMessage(ada, group), await aMessage(ada, group)];
  const { message } = await reply(bob, group, one.id);
  await reply(bob, group, two.id);
  await mutate("DeleteMessage", bob, { messageId: message?.id });
  expect(await followedBy(ada)).toMatchObject([{ rootId: two.id }]);
  await mutate("DeleteMessageForMe", ada, { messageId: two.id });
  expect(await followedBy(ada)).toEqual([]);
  expect(await followedBy(bob)).toMatchObject([{ rootId: two.id }]);
  await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
  expect(await followedBy(bob)).toEqual([]);
});

test("unread threads of muted and archived conversations do not ask for attention", async () => {
  const { ada, bob, group } = await aTalk();
  const { id } = await aMessage(ada, group);
  await reply(bob, group, id);
  expect(await unreadThreads(ada)).toBe(1);
  await mutate("MuteConversation", ada, { conversationId: group });
  expect(await unreadThreads(ada)).toBe(0);
  expect(await followedBy(ada)).toMatchObject([{ rootId: id, unreadCount: 1 }]);
  await mutate("MuteConversation", ada, { conversationId: group, isMuted: false });
  await mutate("MarkThreadRead", ada, { messageId: id, seq: 9 });
  expect(await unreadThreads(ada)).toBe(0);
});

test("the list and its count agree with each thread, after any mix on two replicas", async () => {
  const step = fc.record({
    kind: fc.constantFrom("reply", "delete", "read", "follow", "stop"),
    by: fc.nat({ max: 2 }),
    root: fc.nat({ max: 1 }),
    router: fc.nat({ max: 1 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      const { ada, bob, eve, group } = await aTalk();
      const people = [ada, bob, eve];
      const roots = [await aMessage(ada, group), await aMessage(bob, group)].map(({ id }) => id);
      const attempt = (work: Promise<unknown>) => work.catch(() => undefined);
      const run = async ({ kind, by, root, router }: (typeof steps)[number]) => {
        const person = people[by] ?? ada;
        const messageId = roots[root] ?? "";
        if (kind === "read") {
          return attempt(mutate("MarkThreadRead", person, { messageId, seq: 99 }, router));
        }
        if (kind === "follow" || kind === "stop") {
          return attempt(follow(person, messageId, kind === "follow", router));
        }
        const { message } = await reply(person, group, messageId, kind, router);
        if (kind !== "delete") return undefined;
        return attempt(mutate("DeleteMessage", person, { messageId: message?.id }, 1 - router));
      };
      await Promise.all(steps.map(run));
      for (const person of people) {
        const threads = await Promise.all(roots.map((id) => readThread(person, id)));
        const expected = threads.flatMap((root) => {
          const { thread } = root ?? {};
          if (!thread?.isFollowing || thread.replyCount === 0) return [];
          return [{ rootId: root?.id, unreadCount: thread.unreadCount }];
        });
        const listed = (await followedBy(person)).map(({ rootId, unreadCount }) => ({
          rootId,
          unreadCount,
        }));
        expect(new Set(listed)).toEqual(new Set(expected));
        const unread = expected.filter(({ unreadCount }) => unreadCount > 0);
        expect(await unreadThreads(person)).toBe(unread.length);
      }
    }),
    { numRuns: 5 },
  );
}, 90_000);
