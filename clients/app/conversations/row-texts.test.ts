// Guarantees about the text of a row of the list.
import { createInstance, type TFunction } from "i18next";
import { beforeAll, expect, it } from "vitest";
import { en } from "../i18n/en.ts";
import { lastMessageText } from "./row-texts.ts";

type Row = Parameters<typeof lastMessageText>[0];

let t: TFunction<"conversations">;
let names: TFunction<"conversation">;

const OPTIONS = { interpolation: { escapeValue: false }, showSupportNotice: false };

beforeAll(async () => {
  const i18n = createInstance();
  await i18n.init({ lng: "en", resources: { en }, ...OPTIONS });
  t = i18n.getFixedT("en", "conversations");
  names = i18n.getFixedT("en", "conversation");
});

type File = NonNullable<Row["lastMessage"]>["attachments"][number];

const PHOTO: File = {
  __typename: "Attachment",
  kind: "IMAGE",
  contentType: "image/png",
  fileName: null,
  durationMs: null,
};

function row(
  kind: Row["kind"],
  senderId: string | null,
  body: string | null,
  attachments: readonly File[] = [],
): Row {
  const sender = senderId && ({ __typename: "User", id: senderId, ...GRACE } as const);
  return {
    kind,
    lastMessage: {
      __typename: "Message",
      ...{ id: "m", seq: 1, body, attachments, sender: sender || null },
    },
  };
}

const GRACE = { displayName: "Grace Hopper", headline: null };

it.each<[string, Row, string]>([
  ["the other one's words as they are", row("DIRECT", "grace", "Hello"), "Hello"],
  ["the viewer's own words as theirs", row("DIRECT", "ada", "Hello"), "You: Hello"],
  ["in a group the sender", row("GROUP", "grace", "Hello"), "Grace Hopper: Hello"],
  ["in a group the viewer", row("GROUP", "ada", "Hello"), "You: Hello"],
  ["in a group words of a deleted account", row("GROUP", null, "Hello"), "Hello"],
  ["a picture without words", row("DIRECT", "grace", "", [PHOTO]), "📷 Photo"],
  ["pictures with their number", row("GROUP", "ada", "", [PHOTO, PHOTO]), "You: 📷 2 photos"],
  ["the words to a picture", row("GROUP", "grace", "Us", [PHOTO]), "Grace Hopper: 📷 Us"],
  ["that a message was deleted, whoever wrote it", row("DIRECT", "ada", null), "Message deleted"],
  ["how to begin", { kind: "DIRECT", lastMessage: null }, "No messages yet. Say hello!"],
  ["signs as they were typed", row("DIRECT", "ada", "<b> & {{body}}"), "You: <b> & {{body}}"],
])("a row of the list says %s", (_, given, expected) => {
  expect(lastMessageText(given, "ada", t, names)).toBe(expected);
});
