// Names of people and of the conversation, as the reader sees them.
import type { ConversationState } from "@meetinity/client";
import type { TFunction } from "i18next";

type T = TFunction<"conversation">;
type Member = ConversationState["members"][number]["node"];
type Person = NonNullable<Member["user"]>;

/** The name of a conversation, on its own screen and in the list. */
interface Named extends Pick<ConversationState, "kind" | "title"> {
  readonly members: readonly { readonly node: Pick<Member, "user"> }[];
}

/** An account that no longer exists has no name. */
export function nameOf(person: Pick<Person, "displayName"> | null | undefined, t: T): string {
  return person?.displayName ?? t("deletedAccount");
}

/** The other one in a direct conversation. Null in groups, and when the account is gone. */
export function otherOf(
  { kind, members }: Pick<Named, "kind" | "members">,
  viewerId: string | null,
): Person | null {
  if (kind !== "DIRECT") return null;
  return members.find(({ node }) => node.user?.id !== viewerId)?.node.user ?? null;
}

export function titleOf(state: Named, viewerId: string | null, t: T): string {
  if (state.kind === "DIRECT") return nameOf(otherOf(state, viewerId), t);
  if (state.kind === "NOTE") return t("noteToSelf");
  return state.title ?? t("untitled");
}

/** Says who is typing; null when nobody is. */
export function typingText(
  { members, typing }: Pick<Named, "members"> & { readonly typing: readonly string[] },
  t: T,
): string | null {
  const [name, other, ...more] = typing.map((id) => {
    const member = members.find(({ node }) => node.user?.id === id);
    return nameOf(member?.node.user, t);
  });
  if (name === undefined) return null;
  if (other === undefined) return t("typingOne", { name });
  return more.length > 0 ? t("typingMany") : t("typingTwo", { name, other });
}
