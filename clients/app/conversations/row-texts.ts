// What a row of the list says: the name of a conversation and its last message, in plain text.
import type { InboxRow } from "@meetinity/client";
import type { TFunction } from "i18next";

interface Reader {
  readonly viewerId: string | null;
  readonly locale: string;
  readonly t: TFunction<"conversations">;
}

type Named = Pick<InboxRow, "kind" | "title" | "members">;

/** The other person's name; of a group its title, or its members. */
export function conversationName(row: Named, { viewerId, locale, t }: Reader): string {
  if (row.kind === "GROUP" && row.title) return row.title;
  const names = othersOf(row, viewerId).map(({ displayName }) => displayName);
  if (names.length > 0) return new Intl.ListFormat(locale).format(names);
  return row.kind === "GROUP" ? t("inbox.onlyYou") : t("inbox.somebody");
}

/** The other person of a direct conversation, if they can still be known. */
export function otherPersonId(row: Named, viewerId: string | null): string | null {
  if (row.kind !== "DIRECT") return null;
  return othersOf(row, viewerId)[0]?.id ?? null;
}

/** The last message with its sender, unless the other person of two is that. */
export function lastMessageText(row: InboxRow, { viewerId, t }: Reader): string {
  const { lastMessage: message } = row;
  if (!message) return t("inbox.noMessages");
  if (message.body === null) return t("inbox.deleted");
  const { body, sender } = message;
  if (sender && sender.id === viewerId) return t("inbox.own", { body });
  if (row.kind === "DIRECT" || !sender) return body;
  return t("inbox.from", { name: sender.displayName, body });
}

function othersOf({ members }: Named, viewerId: string | null) {
  return members.flatMap(({ node: { user } }) => (user && user.id !== viewerId ? [user] : []));
}
