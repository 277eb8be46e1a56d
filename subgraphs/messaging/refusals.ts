// Refusals of changes of groups, as the graph tells them.
import type { NotAllowed, Right } from "./rights.ts";

export const DIRECT = {
  __typename: "DirectConversationProblem",
  reason: "A direct conversation is of two people; make a group instead.",
} as const;

/** The problem of a group that would have more members than it may. */
export function tooManyMembers({ membersMax }: { readonly membersMax: number }) {
  const reason = `A group has at most ${membersMax} members.`;
  return { __typename: "TooManyMembersProblem", reason, membersMax } as const;
}

const REASONS: Readonly<Record<Right, string>> = {
  SEND_MESSAGES: "Only owners and admins of the group send messages.",
  PIN_MESSAGES: "Only owners and admins of the group pin messages.",
  MENTION_ALL: "Only owners and admins of the group mention everybody.",
  ADD_MEMBERS: "Only owners and admins of the group add people.",
  INVITE_BY_LINK: "Only owners and admins of the group invite people by links.",
  REMOVE_MEMBERS: "Only owners of the group, and admins for members, remove people.",
  DELETE_MESSAGES: "Only the sender, and owners and admins of the group, delete this message.",
  CHANGE_DETAILS: "Only owners and admins of the group change it.",
  SET_ROLES: "Only owners of the group, and admins for members and guests, give this role.",
  HAND_OVER: "Only an owner of the group hands it over.",
};

/** The problem for a missing right. */
export function notAllowed({ right }: NotAllowed) {
  return { __typename: "NotAllowedProblem", reason: REASONS[right], right } as const;
}
