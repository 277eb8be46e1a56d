// The roles that a member may give to others in a group. Pure: the caller has locked the group,
// read its members, and knows that the viewer has the right.
import type { RoleChange } from "../entries.ts";
import type { Role } from "../rights.ts";

interface Present {
  readonly userId: string;
  readonly role: Role;
}

export type RoleVerdict =
  | { readonly kind: "change"; readonly changes: readonly RoleChange[] }
  | { readonly kind: "same" | "personNotFound" | "lastOwner" | "notAllowed" };

/** The roles that an admin gives and takes. */
const OF_ADMINS: readonly Role[] = ["MEMBER", "GUEST"];

/** Judges a role that an owner or an admin gives to a member. Admins may step down themselves. */
export function judgeRole(
  present: readonly Present[],
  viewerId: string,
  { userId, role }: Present,
): RoleVerdict {
  const viewer = present.find((member) => member.userId === viewerId);
  const member = present.find((each) => each.userId === userId);
  if (!member) return { kind: "personNotFound" };
  const previousRole = member.role;
  if (previousRole === role) return { kind: "same" };
  if (viewer?.role !== "OWNER") {
    const isOwnStep = userId === viewerId && OF_ADMINS.includes(role);
    if (!isOwnStep && !(OF_ADMINS.includes(role) && OF_ADMINS.includes(previousRole))) {
      return { kind: "notAllowed" };
    }
  }
  const owners = present.filter((each) => each.role === "OWNER");
  if (previousRole === "OWNER" && owners.length === 1) return { kind: "lastOwner" };
  return { kind: "change", changes: [{ userId, role, previousRole }] };
}

/** Judges a hand-over: the other member becomes an owner, and the viewer, an owner, an admin. */
export function judgeHandOver(
  present: readonly Present[],
  viewerId: string,
  userId: string,
): RoleVerdict {
  const member = present.find((each) => each.userId === userId);
  if (!member) return { kind: "personNotFound" };
  if (userId === viewerId) return { kind: "same" };
  const { role: previousRole } = member;
  const other = { userId, role: "OWNER", previousRole } as const;
  const own = { userId: viewerId, role: "ADMIN", previousRole: "OWNER" } as const;
  return { kind: "change", changes: previousRole === "OWNER" ? [own] : [other, own] };
}
