// Groups: their details and settings, the roles of their members, and the rights that follow. Every
// change is an entry that all members see, and what changes nothing is none.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, logOf, mutate, read, send, take, withoutNames } from "./harness.ts";

interface Details {
  readonly title: string;
  readonly description: string | null;
  readonly version: number;
  readonly settings: Readonly<Record<string, string>> | null;
  readonly viewerRole: string;
  readonly viewerRights: readonly string[];
}

async function detailsOf(as: TokenHolder, id: string): Promise<Details> {
  const query = `query($id: ID!) { conversation(id: $id) { title description version
    settings { posting adding pinning history } viewerRole viewerRights } }`;
  const { conversation } = await dataOf<{ conversation: Details }>(query, { id }, { as: as.token });
  return conversation;
}

const typesOf = async (id: string) => (await logOf(id)).map(({ type }) => type);
const notAllowed = (right: string) => ({ __typename: "NotAllowedProblem", right });

describe("the details of a group", () => {
  test("are changed by owners and admins, one entry for each change, none without one", async () => {
    const [ada, bob, cy] = await tokenHolders(3);
    const conversationId = await aGroup(ada, [bob, cy]);
    const description = "  Hikes.\nOn Sundays. ";
    const change = { conversationId, title: " On  foot ", description, adding: "EVERYONE" };
    const changed = await mutate("UpdateConversation", ada, change);
    expect(changed.__typename).toBe("UpdateConversationSuccess");
    await mutate("UpdateConversation", ada, change);
    await mutate("UpdateConversation", ada, { conversationId });
    const refused = await mutate("UpdateConversation", bob, { conversationId, title: "Mine" });
    expect(refused).toMatchObject(notAllowed("CHANGE_DETAILS"));
    await mutate("SetMemberRole", ada, { conversationId, userId: bob.id, role: "ADMIN" });
    await mutate("UpdateConversation", bob, { conversationId, description: "" });
    const settings = {
      posting: "EVERYONE",
      adding: "EVERYONE",
      pinning: "EVERYONE",
      history: "WHOLE",
    };
    const expected = { title: "On foot", description: null, version: 3, settings };
    expect(await detailsOf(cy, conversationId)).toMatchObject(expected);
    const fields = (await logOf(conversationId)).map(({ payload }) => payload);
    expect(fields).toMatchObject([
      { actorId: ada.id, fields: ["TITLE", "DESCRIPTION", "ADDING"] },
      { changes: [{ userId: bob.id, role: "ADMIN", previousRole: "MEMBER" }] },
      { actorId: bob.id, fields: ["DESCRIPTION"] },
    ]);
  });

  test("of two who change at once keep the first, if the second says what it saw", async () => {
    const [ada] = await tokenHolders(1);
    const conversationId = await aGroup(ada, []);
    const wishes = ["One", "Two"].map((title) =>
      mutate("UpdateConversation", ada, { conversationId, title, expectedVersion: 1 }),
    );
    const outcomes = (await Promise.all(wishes)).map(({ __typename }) => __typename).sort();
    expect(outcomes).toEqual(["StaleDetailsProblem", "UpdateConversationSuccess"]);
    expect(await typesOf(conversationId)).toEqual(["conversationChanged"]);
  });

  test("do not exist in a direct conversation", async () => {
    const [ada, bob] = await tokenHolders(2);
    const { conversation } = await mutate("OpenDirectConversation", ada, { userId: bob.id });
    const conversationId = conversation?.id ?? "";
    for (const [name, input] of [
      ["UpdateConversation", { title: "x" }],
      ["SetMemberRole", { userId: bob.id, role: "OWNER" }],
      ["HandOverGroup", { userId: bob.id }],
    ] as const) {
      const { __typename } = await mutate(name, ada, { conversationId, ...input });
      expect(__typename).toBe("DirectConversationProblem");
    }
    expect(await detailsOf(ada, conversationId)).toMatchObject({
      settings: null,
      viewerRights: ["SEND_MESSAGES", "PIN_MESSAGES"],
    });
  });

  test("reach everybody who watches, as an event with the group as it is now", async () => {
    const [ada, bob] = await tokenHolders(2);
    const conversationId = await aGroup(ada, [bob]);
    const socket = await connect({ as: bob.token });
    const stream = socket.subscribe(withoutNames("ConversationEvents"), {
      conversationId,
      after: 0,
    });
    await mutate("UpdateConversation", ada, { conversationId, posting: "ADMINS" });
    await mutate("HandOverGroup", ada, { conversationId, userId: bob.id });
    const [changed, handedOver] = await take(socket, stream, 2);
    expect(changed).toMatchObject({
      __typename: "ConversationChanged",
      changedFields: ["POSTING"],
      actor: { id: ada.id },
      conversation: { settings: { posting: "ADMINS" }, version: 2 },
    });
    expect(handedOver).toMatchObject({
      __typename: "RoleChanged",
      changes: [
        { userId: bob.id, role: "OWNER", previousRole: "MEMBER" },
        { userId: ada.id, role: "ADMIN", previousRole: "OWNER" },
      ],
    });
    socket.close();
  });
});

describe("an announcement group", () => {
  test("takes messages and edits of owners and admins only, and reactions of all", async () => {
    const [ada, bob] = await tokenHolders(2);
    const conversationId = await aGroup(ada, [bob]);
    const early = await aMessage(bob, conversationId, "early");
    await mutate("UpdateConversation", ada, { conversationId, posting: "ADMINS" });
    const again = await send(bob, conversationId, "late");
    expect(again).toMatchObject(notAllowed("SEND_MESSAGES"));
    const edit = await mutate("EditMessage", bob, { messageId: early.id, body: "changed" });
    expect(edit).toMatchObject(notAllowed("SEND_MESSAGES"));
    const news = await aMessage(ada, conversationId, "news");
    const liked = await mutate("AddReaction", bob, { messageId: news.id, emoji: "👍" });
    expect(liked.__typename).toBe("AddReactionSuccess");
    expect((await detailsOf(bob, conversationId)).viewerRights).not.toContain("SEND_MESSAGES");
    const deleted = await mutate("DeleteMessage", bob, { messageId: early.id });
    expect(deleted.__typename).toBe("DeleteMessageSuccess");
  });

  test("gives a repeated send its message, also when the sender may not write any more", async () => {
    const [ada, bob] = await tokenHolders(2);
    const conversationId = await aGroup(ada, [bob]);
    const wish = { clientMessageId: "once" };
    const { message } = await send(bob, conversationId, "hello", wish);
    await mutate("UpdateConversation", ada, { conversationId, posting: "ADMINS" });
    expect((await send(bob, conversationId, "hello", wish)).message?.id).toBe(message?.id);
  });

  test("takes nothing behind the entry that closes it, however many send at once", async () => {
    const [ada, bob] = await tokenHolders(2);
    const conversationId = await aGroup(ada, [bob]);
    const sends = Array.from({ length: 40 }, (_, at) =>
      send(bob, conversationId, `${at}`, {}, at % 2),
    );
    const closing = mutate("UpdateConversation", ada, { conversationId, posting: "ADMINS" }, 1);
    const kinds = (await Promise.all(sends)).map(({ __typename }) => __typename);
    await closing;
    const types = await typesOf(conversationId);
    const stored = kinds.filter((kind) => kind === "SendMessageSuccess").length;
    expect(types.indexOf("conversationChanged")).toBe(stored);
    expect(types.slice(stored + 1)).toEqual([]);
  });
});

describe("roles", () => {
  test("open and close what the table of rights says", async () => {
    const [ada, bob, cy, dan] = await tokenHolders(4);
    const conversationId = await aGroup(ada, [bob, cy]);
    const { id: messageId } = await aMessage(ada, conversationId);
    const role = (userId: string, wanted: string) =>
      mutate("SetMemberRole", ada, { conversationId, userId, role: wanted });
    await role(cy.id, "GUEST");
    expect((await detailsOf(cy, conversationId)).viewerRights).toEqual(["SEND_MESSAGES"]);
    const pinned = await mutate("PinMessage", cy, { messageId });
    expect(pinned).toMatchObject(notAllowed("PIN_MESSAGES"));
    const adding = { conversationId, userIds: [dan.id] };
    expect(await mutate("AddMembers", bob, adding)).toMatchObject(notAllowed("ADD_MEMBERS"));
    await role(bob.id, "ADMIN");
    expect((await mutate("AddMembers", bob, adding)).__typename).toBe("AddMembersSuccess");
    const ofAda = { conversationId, userId: ada.id };
    expect(await mutate("RemoveMember", bob, ofAda)).toMatchObject(notAllowed("REMOVE_MEMBERS"));
    const demotion = { ...ofAda, role: "MEMBER" };
    expect(await mutate("SetMemberRole", bob, demotion)).toMatchObject(notAllowed("SET_ROLES"));
    const stepDown = await mutate("SetMemberRole", ada, demotion);
    expect(stepDown.__typename).toBe("LastOwnerProblem");
  });

  test("let admins delete messages of members, and tell who did it", async () => {
    const [ada, bob, cy] = await tokenHolders(3);
    const conversationId = await aGroup(ada, [bob, cy]);
    await mutate("SetMemberRole", ada, { conversationId, userId: bob.id, role: "ADMIN" });
    const [own, others] = [await aMessage(ada, conversationId), await aMessage(cy, conversationId)];
    const refused = await mutate("DeleteMessage", bob, { messageId: own.id });
    expect(refused).toMatchObject(notAllowed("DELETE_MESSAGES"));
    const byMember = await mutate("DeleteMessage", cy, { messageId: own.id });
    expect(byMember.__typename).toBe("NotSenderProblem");
    const deleted = await mutate("DeleteMessage", bob, { messageId: others.id });
    expect(deleted.message?.body).toBeNull();
    expect((await logOf(conversationId)).at(-1)).toMatchObject({
      type: "messageDeleted",
      payload: { actorId: bob.id, messageId: others.id },
    });
  });

  test("pass a group whose last owner leaves to an admin before older members", async () => {
    const [ada, bob, cy] = await tokenHolders(3);
    const conversationId = await aGroup(ada, [bob]);
    await mutate("AddMembers", ada, { conversationId, userIds: [cy.id] });
    await mutate("SetMemberRole", ada, { conversationId, userId: cy.id, role: "ADMIN" });
    await mutate("LeaveConversation", ada, { conversationId });
    const page = await read(bob, conversationId);
    const roles = page?.members.edges.map(({ node }) => [node.user.id, node.role]);
    expect(roles).toEqual([
      [bob.id, "MEMBER"],
      [cy.id, "OWNER"],
    ]);
  });

  test("are for members: another person is not found", async () => {
    const [ada, bob] = await tokenHolders(2);
    const conversationId = await aGroup(ada, []);
    const input = { conversationId, userId: bob.id };
    for (const [name, more] of [
      ["SetMemberRole", { role: "GUEST" }],
      ["HandOverGroup", {}],
    ] as const) {
      const { code } = await refusalOf(
        operation(name),
        { input: { ...input, ...more } },
        { as: ada.token },
      );
      expect(code).toBe("NOT_FOUND");
    }
    expect(await typesOf(conversationId)).toEqual([]);
  });
});
