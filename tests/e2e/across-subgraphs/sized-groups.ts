// Sized runs of operations about groups: their roles and their invites.
import type { Person } from "../../kit/stories.ts";
import { aGroup, mutate } from "../messaging/harness.ts";
import { input, type SizedRun } from "./sized-run.ts";

const INVITES_MAX = 10;

/** A group with invites, of which there are at most 10. The last one can be revoked. */
async function aGroupWithInvites(person: Person, invites: number) {
  const conversationId = await aGroup(person, []);
  let inviteId = "";
  for (let at = 1; at <= Math.min(invites, INVITES_MAX); at += 1) {
    const made: unknown = await mutate("CreateInvite", person, { conversationId });
    inviteId = (made as { invite: { id: string } }).invite.id;
  }
  return { conversationId, inviteId };
}

export const GROUP_RUNS: Readonly<Record<string, SizedRun>> = {
  ConversationInvites: async ({ ada }, size) => {
    const { conversationId: id } = await aGroupWithInvites(ada, size);
    return { as: ada, variables: { id } };
  },
  // One is left: without any there would be nothing to list.
  RevokeInvite: async ({ ada }, size) => {
    const { inviteId } = await aGroupWithInvites(ada, size + 1);
    return input(ada, { inviteId });
  },
  SetMemberRole: async ({ ada, friends }, size) => {
    const some = friends.slice(0, size);
    const conversationId = await aGroup(ada, some);
    return input(ada, { conversationId, userId: some[0]?.id, role: "ADMIN" });
  },
  HandOverGroup: async ({ ada, friends }, size) => {
    const some = friends.slice(0, size);
    const conversationId = await aGroup(ada, some);
    return input(ada, { conversationId, userId: some[0]?.id });
  },
};
