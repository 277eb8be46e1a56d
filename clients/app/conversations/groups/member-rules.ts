// The actions on a member that a viewer is offered, by the rights that the server tells. The server
// decides. Pure.
import type { ConversationState } from "@meetinity/client";

export type Role = NonNullable<ConversationState["viewerRole"]>;

export interface Offered {
  /** The roles that the viewer may give. */
  readonly roles: readonly Role[];
  readonly handOver: boolean;
  readonly remove: boolean;
}

const GIVEN = ["OWNER", "ADMIN", "MEMBER", "GUEST"] as const;
const LOWER: readonly Role[] = ["MEMBER", "GUEST"];

/** Owners act on everybody, admins on members and guests, and nobody here on themselves. */
export function offeredFor(
  member: { readonly role: Role; readonly isViewer: boolean },
  { viewerRole, viewerRights }: Pick<ConversationState, "viewerRole" | "viewerRights">,
): Offered {
  const isOwner = viewerRole === "OWNER";
  const isBelow = !member.isViewer && (isOwner || LOWER.includes(member.role));
  const mayGive = isBelow && viewerRights.includes("SET_ROLES");
  const roles = GIVEN.filter((role) => role !== member.role && (isOwner || LOWER.includes(role)));
  return {
    roles: mayGive ? roles : [],
    handOver: !member.isViewer && viewerRights.includes("HAND_OVER"),
    remove: isBelow && viewerRights.includes("REMOVE_MEMBERS"),
  };
}

export function isNothing({ roles, handOver, remove }: Offered): boolean {
  return roles.length === 0 && !handOver && !remove;
}

/** Whether the viewer may delete a message of another member; null: no member any more. */
export function mayDeleteOf(
  role: Role | null,
  { viewerRole, viewerRights }: Pick<ConversationState, "viewerRole" | "viewerRights">,
): boolean {
  if (!viewerRights.includes("DELETE_MESSAGES")) return false;
  return viewerRole === "OWNER" || role === null || LOWER.includes(role);
}
