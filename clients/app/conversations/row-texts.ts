// The text of a row of the list about its last message.
import type { InboxRow } from "@meetinity/client";
import type { TFunction } from "i18next";

/** The last message with its sender, unless that is the other one of two. */
export function lastMessageText(
  { kind, lastMessage: message }: Pick<InboxRow, "kind" | "lastMessage">,
  viewerId: string | null,
  t: TFunction<"conversations">,
): string {
  if (!message) return t(kind === "NOTE" ? "inbox.noNotes" : "inbox.noMessages");
  if (message.body === null) return t("inbox.deleted");
  const { body, sender } = message;
  if (kind === "NOTE") return body;
  if (sender && sender.id === viewerId) return t("inbox.own", { body });
  if (kind === "DIRECT" || !sender) return body;
  return t("inbox.from", { name: sender.displayName, body });
}
