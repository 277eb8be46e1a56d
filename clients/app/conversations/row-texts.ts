// The text of a row of the list about its last message.
import type { InboxRow } from "@meetinity/client";
import type { TFunction } from "i18next";
import { lineOf } from "./attachments/describe.ts";

/** The last message with its sender, unless that is the other one of two. */
export function lastMessageText(
  { kind, lastMessage: message }: Pick<InboxRow, "kind" | "lastMessage">,
  viewerId: string | null,
  t: TFunction<"conversations">,
  names: TFunction<"conversation">,
): string {
  if (!message) return t(kind === "NOTE" ? "inbox.noNotes" : "inbox.noMessages");
  const { sender } = message;
  const body = lineOf(message, names);
  if (body === null) return t("inbox.deleted");
  if (kind === "NOTE") return body;
  if (sender && sender.id === viewerId) return t("inbox.own", { body });
  if (kind === "DIRECT" || !sender) return body;
  return t("inbox.from", { name: sender.displayName, body });
}
