// Says in words what happened in a conversation.
import type { TFunction } from "i18next";
import { nameOf } from "../conversation/names.ts";
import type { Happening } from "./happenings.ts";

interface Telling {
  readonly t: TFunction<"conversation">;
  readonly viewerId: string | null;
  readonly language: string;
}

type Of<Name extends Happening["__typename"]> = Extract<Happening, { readonly __typename: Name }>;

export function describeHappening(happening: Happening, telling: Telling): string {
  switch (happening.__typename) {
    case "MembersHappening":
      return describeMembers(happening, telling);
    case "PinHappening":
      return describePin(happening, telling);
    case "RoleHappening":
      return describeRoles(happening, telling);
    case "ConversationHappening":
      return describeDetails(happening, telling);
  }
}

function describeMembers(change: Of<"MembersHappening">, telling: Telling): string {
  const { t, viewerId } = telling;
  const { newOwner } = change;
  const who = describeJoining(change, telling);
  if (!newOwner) return who;
  const isViewer = newOwner.id === viewerId;
  const owner = isViewer ? t("changes.youOwn") : t("changes.owns", { name: nameOf(newOwner, t) });
  return `${who} ${owner}`;
}

function describeJoining(change: Of<"MembersHappening">, telling: Telling): string {
  const { t, viewerId } = telling;
  const { actor, addedUsers, addedCount, removedUsers, removedCount, isLeaving } = change;
  const hasJoined = addedCount > 0;
  const people = hasJoined
    ? listOf(addedUsers, addedCount, telling)
    : listOf(removedUsers, removedCount, telling);
  const count = hasJoined ? addedCount : removedCount;
  if (isLeaving) return t("changes.left", { people, count });
  if (!actor) return t(hasJoined ? "changes.joined" : "changes.left", { people, count });
  if (actor.id === viewerId) {
    return t(hasJoined ? "changes.youAdded" : "changes.youRemoved", { people });
  }
  const given = { actor: nameOf(actor, t), people };
  return t(hasJoined ? "changes.added" : "changes.removed", given);
}

function describePin({ actor, isPinned }: Of<"PinHappening">, { t, viewerId }: Telling): string {
  const isViewer = actor !== null && actor.id === viewerId;
  if (isPinned === null) return t("changes.pinsChanged");
  if (isViewer) return t(isPinned ? "changes.youPinned" : "changes.youUnpinned");
  const given = { actor: nameOf(actor, t) };
  return t(isPinned ? "changes.pinned" : "changes.unpinned", given);
}

function describeRoles({ changes }: Of<"RoleHappening">, { t, viewerId }: Telling): string {
  const told = changes.map(({ role, user }) => {
    const given = { role: t(`changes.roles.${role}`), name: nameOf(user, t) };
    return user?.id === viewerId ? t("changes.youBecame", given) : t("changes.became", given);
  });
  return told.join(" ");
}

function describeDetails(
  { actor, changedFields }: Of<"ConversationHappening">,
  { t, viewerId }: Telling,
): string {
  const [only] = changedFields;
  const isDetail =
    changedFields.length === 1 &&
    (only === "TITLE" || only === "DESCRIPTION" || only === "PICTURE");
  const what = t(`changes.details.${isDetail ? only : "SETTINGS"}`);
  if (actor !== null && actor.id === viewerId) return t("changes.youChanged", { what });
  return t("changes.changed", { actor: nameOf(actor, t), what });
}

/** Names, and how many more there are: "Ada, you and 2 others". */
function listOf(
  users: Of<"MembersHappening">["addedUsers"],
  count: number,
  { t, viewerId, language }: Telling,
): string {
  const names = users.map((user) => (user?.id === viewerId ? t("changes.you") : nameOf(user, t)));
  const others = count - users.length;
  const all = others > 0 ? [...names, t("changes.others", { count: others })] : names;
  return new Intl.ListFormat(language, { type: "conjunction" }).format(all);
}
