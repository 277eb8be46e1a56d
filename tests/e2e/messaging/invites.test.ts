// Invites: links by which people join a group, for a time and a number of people. A code that leads
// nowhere tells nothing, and never do more people join than an invite is for.
import { beforeEach, describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, logOf, mutate, read, upTo } from "./harness.ts";

interface Created {
  readonly __typename: string;
  readonly code: string;
  readonly invite: { readonly id: string };
}

let ada: TokenHolder;
let bob: TokenHolder;
let cy: TokenHolder;
let group: string;
beforeEach(async () => {
  [ada, bob, cy] = await tokenHolders(3);
  group = await aGroup(ada, [bob], "Hikers");
});

async function anInvite(as: TokenHolder, wish: object = {}): Promise<Created> {
  const created = await mutate("CreateInvite", as, { conversationId: group, ...wish });
  return created as unknown as Created;
}

async function previewFor({ token }: TokenHolder, code: string): Promise<unknown> {
  const data = await dataOf<{ invitePreview: unknown }>(
    operation("InvitePreview"),
    { code },
    { as: token },
  );
  return data.invitePreview;
}

const accept = async (as: TokenHolder, code: string, router = 0) =>
  (await mutate("AcceptInvite", as, { code }, router)).__typename;

const membersOf = async (id: string) =>
  (await read(ada, id))?.members.edges.map(({ node }) => node.user.id) ?? [];

describe("an invite", () => {
  test("shows the group and lets a person join it once, with an entry that all see", async () => {
    const { code } = await anInvite(ada, { usesMax: 1 });
    const shown = { conversationId: group, title: "Hikers", description: null };
    expect(await previewFor(cy, code)).toEqual({ ...shown, memberCount: 2, isViewerMember: false });
    expect(await accept(cy, code)).toBe("AcceptInviteSuccess");
    expect(await accept(bob, code)).toBe("InvalidInviteProblem");
    expect(await membersOf(group)).toEqual([ada.id, bob.id, cy.id]);
    expect((await logOf(group)).at(-1)).toMatchObject({
      type: "membersChanged",
      payload: { actorId: cy.id, added: [cy.id] },
    });
  });

  test("changes nothing for a member, and is not used up by one", async () => {
    const { code } = await anInvite(ada, { usesMax: 1 });
    expect(await accept(bob, code)).toBe("AcceptInviteSuccess");
    expect(await logOf(group)).toEqual([]);
    expect(await accept(cy, code)).toBe("AcceptInviteSuccess");
  });

  test("is stored as a hash, and told once", async () => {
    const { code } = await anInvite(ada);
    const { rows } = await withDatabase("messaging", (client) =>
      client.query("select * from invite where conversation_id = $1", [group]),
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  test("that is expired, used up, revoked or unknown gives the same answers", async () => {
    const [expired, revoked, usedUp] = [
      await anInvite(ada, { expiresAt: new Date(Date.now() + 60_000).toISOString() }),
      await anInvite(ada),
      await anInvite(ada, { usesMax: 1 }),
    ];
    await withDatabase("messaging", (client) =>
      client.query("update invite set expires_at = now() where id = $1", [expired.invite.id]),
    );
    await mutate("RevokeInvite", ada, { inviteId: revoked.invite.id });
    const [joiner] = await tokenHolders(1);
    await accept(joiner, usedUp.code);
    for (const code of [expired.code, revoked.code, usedUp.code, "unknown"]) {
      expect(await previewFor(cy, code)).toBeNull();
      expect(await accept(cy, code)).toBe("InvalidInviteProblem");
    }
    expect(await membersOf(group)).not.toContain(cy.id);
  });

  test("is for those who may make one, at most ten of a group at once", async () => {
    expect(await anInvite(bob)).toMatchObject({
      __typename: "NotAllowedProblem",
      right: "INVITE_BY_LINK",
    });
    const made = await Promise.all(upTo(12).map((at) => anInvite(ada, { usesMax: at })));
    const kinds = made.map(({ __typename }) => __typename);
    expect(kinds.filter((kind) => kind === "CreateInviteSuccess")).toHaveLength(10);
    expect(kinds.filter((kind) => kind === "TooManyInvitesProblem")).toHaveLength(2);
    type Data = { conversation: { invites: object[] } };
    const listFor = async ({ token }: TokenHolder) => {
      const query = "query($id: ID!) { conversation(id: $id) { invites { id usesMax } } }";
      return (await dataOf<Data>(query, { id: group }, { as: token })).conversation.invites;
    };
    expect(await listFor(ada)).toHaveLength(10);
    expect(await listFor(bob)).toEqual([]);
    const inviteId = made.find(({ invite }) => invite)?.invite.id;
    const refused = await mutate("RevokeInvite", bob, { inviteId });
    expect(refused.__typename).toBe("NotAllowedProblem");
    const { code } = await refusalOf(
      operation("RevokeInvite"),
      { input: { inviteId } },
      { as: cy.token },
    );
    expect(code).toBe("NOT_FOUND");
  });

  test("brings back a person who left, but not one who was removed until somebody adds them", async () => {
    const { code } = await anInvite(ada);
    await mutate("LeaveConversation", bob, { conversationId: group });
    expect(await accept(bob, code)).toBe("AcceptInviteSuccess");
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    expect(await previewFor(bob, code)).toBeNull();
    expect(await accept(bob, code)).toBe("InvalidInviteProblem");
    await mutate("AddMembers", ada, { conversationId: group, userIds: [bob.id] });
    await mutate("LeaveConversation", bob, { conversationId: group });
    expect(await accept(bob, code)).toBe("AcceptInviteSuccess");
  });

  test("leads newcomers to what the group shows them", async () => {
    await mutate("UpdateConversation", ada, { conversationId: group, history: "FROM_JOINING" });
    await aMessage(ada, group, "before");
    await accept(cy, (await anInvite(ada)).code);
    const { seq } = await aMessage(ada, group, "after");
    expect((await read(cy, group))?.messages.edges.map(({ node }) => node.seq)).toEqual([seq]);
  });

  test("lets exactly as many people join as it is for, however many try at two replicas", async () => {
    const { code } = await anInvite(ada, { usesMax: 5 });
    const people = await tokenHolders(16);
    const answers = await Promise.all(people.map((each, at) => accept(each, code, at % 2)));
    expect(answers.filter((kind) => kind === "AcceptInviteSuccess")).toHaveLength(5);
    expect(answers.filter((kind) => kind === "InvalidInviteProblem")).toHaveLength(11);
    expect(await membersOf(group)).toHaveLength(7);
  });
});
