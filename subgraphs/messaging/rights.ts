// The rights of a member in a conversation, by their role and the settings of the group. All
// actions and `Conversation.viewerRights` use this one table; sends have `may_write` in SQL.
// Pure. It does not judge membership and blocks: stores do.

/** In the order in which they are told. */
export const RIGHTS = [
  "SEND_MESSAGES",
  "PIN_MESSAGES",
  "MENTION_ALL",
  "ADD_MEMBERS",
  "INVITE_BY_LINK",
  "REMOVE_MEMBERS",
  "DELETE_MESSAGES",
  "CHANGE_DETAILS",
  "SET_ROLES",
  "HAND_OVER",
] as const;

export type Right = (typeof RIGHTS)[number];
export type Role = "OWNER" | "ADMIN" | "MEMBER" | "GUEST";
export type Policy = "EVERYONE" | "ADMINS";

/** The settings of a group that decide rights. */
export interface RightSettings {
  readonly posting: Policy;
  readonly adding: Policy;
  readonly pinning: Policy;
}

/** A member, with the kind and the settings of the conversation. */
export interface RightHolder extends RightSettings {
  readonly kind: string;
  readonly role: Role;
}

/** The people who have a right: the roles from the first one on, or as a setting says. */
type Rule = Role | keyof RightSettings;

const RULES: Readonly<Record<Right, Rule>> = {
  SEND_MESSAGES: "posting",
  PIN_MESSAGES: "pinning",
  MENTION_ALL: "ADMIN",
  ADD_MEMBERS: "adding",
  INVITE_BY_LINK: "adding",
  REMOVE_MEMBERS: "ADMIN",
  DELETE_MESSAGES: "ADMIN",
  CHANGE_DETAILS: "ADMIN",
  SET_ROLES: "ADMIN",
  HAND_OVER: "OWNER",
};

const RANKS: Readonly<Record<Role, number>> = { OWNER: 3, ADMIN: 2, MEMBER: 1, GUEST: 0 };

/** In a conversation that is no group, everybody writes and pins, and that is all. */
const OUTSIDE_GROUPS: readonly Right[] = ["SEND_MESSAGES", "PIN_MESSAGES"];

/** True when a member may do something. */
export function hasRight(holder: RightHolder, right: Right): boolean {
  const { kind, role } = holder;
  if (kind !== "GROUP") return OUTSIDE_GROUPS.includes(right);
  return RANKS[role] >= RANKS[leastRole(holder, right)];
}

/** The least role that has a right in a group. Guests write where everybody does, and no more. */
function leastRole(settings: RightSettings, right: Right): Role {
  const rule = RULES[right];
  if (rule !== "posting" && rule !== "adding" && rule !== "pinning") return rule;
  if (settings[rule] === "ADMINS") return "ADMIN";
  return right === "SEND_MESSAGES" ? "GUEST" : "MEMBER";
}

/** All rights of a member. */
export function rightsOf(holder: RightHolder): Right[] {
  return RIGHTS.filter((right) => hasRight(holder, right));
}

/** True when one role may remove, or delete messages of, another: owners all, others lower ones. */
export function isAbove(role: Role, other: Role): boolean {
  return role === "OWNER" || RANKS[role] > RANKS[other];
}

/** The refusal of an action whose right is missing. */
export interface NotAllowed {
  readonly kind: "notAllowed";
  readonly right: Right;
}

/** Why a viewer may not do something in a group; null when they may. */
export function refusalOf(
  standing: RightHolder | null,
  right: Right,
): NotAllowed | { readonly kind: "notFound" | "direct" } | null {
  if (!standing) return { kind: "notFound" };
  if (standing.kind !== "GROUP") return { kind: "direct" };
  return hasRight(standing, right) ? null : { kind: "notAllowed", right };
}
