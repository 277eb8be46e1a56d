// The changes of a group. Each resolves with the result of its mutation, which may be a Problem.
import {
  AddMembers,
  CreateInvite,
  HandOverGroup,
  RemoveMember,
  RevokeInvite,
  SetMemberRole,
  type SetMemberRoleMutationVariables,
  UpdateConversation,
  type UpdateConversationMutationVariables,
} from "@meetinity/client/operations";
import { client } from "../../shell/client.ts";

export type NewRole = SetMemberRoleMutationVariables["input"]["role"];
type Update = Omit<UpdateConversationMutationVariables["input"], "conversationId">;

const SAFE = { isSafeToRepeat: true };

export async function update(conversationId: string, change: Update) {
  const input = { conversationId, ...change };
  return (await client.run(UpdateConversation, { input }, SAFE)).updateConversation;
}

export async function setRole(conversationId: string, userId: string, role: NewRole) {
  const input = { conversationId, userId, role };
  return (await client.run(SetMemberRole, { input }, SAFE)).setMemberRole;
}

export async function handOver(conversationId: string, userId: string) {
  return (await client.run(HandOverGroup, { input: { conversationId, userId } })).handOverGroup;
}

export async function remove(conversationId: string, userId: string) {
  const input = { conversationId, userId };
  return (await client.run(RemoveMember, { input }, SAFE)).removeMember;
}

export async function add(conversationId: string, userIds: readonly string[]) {
  const input = { conversationId, userIds: [...userIds] };
  return (await client.run(AddMembers, { input })).addMembers;
}

/** `expiresAt`: null for no end. `usesMax`: null for any number. */
export async function createInvite(
  conversationId: string,
  expiresAt: Date | null,
  usesMax: number | null,
) {
  const input = { conversationId, expiresAt: expiresAt?.toISOString() ?? null, usesMax };
  return (await client.run(CreateInvite, { input })).createInvite;
}

export async function revokeInvite(inviteId: string) {
  return (await client.run(RevokeInvite, { input: { inviteId } })).revokeInvite;
}
