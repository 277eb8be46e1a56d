// Guarantees about files in words.
import { createInstance, type TFunction } from "i18next";
import { beforeAll, expect, it } from "vitest";
import { en } from "../../i18n/en.ts";
import { fr } from "../../i18n/fr.ts";
import { describeFiles, lineOf } from "./describe.ts";

type File = Parameters<typeof describeFiles>[0][number];

const file = (contentType: string, more: Partial<File> = {}): File => ({
  kind: null,
  fileName: null,
  durationMs: null,
  contentType,
  ...more,
});

const photo = file("image/jpeg", { fileName: "IMG_1.jpg" });
const voice = file("audio/webm", { kind: "AUDIO", durationMs: 12_400 });
const paper = file("application/pdf", { fileName: "Agenda.pdf" });

let t: TFunction<"conversation">;
let french: TFunction<"conversation">;

beforeAll(async () => {
  const i18n = createInstance();
  await i18n.init({ lng: "en", resources: { en }, showSupportNotice: false });
  i18n.addResourceBundle("fr", "conversation", fr.conversation);
  t = i18n.getFixedT("en", "conversation");
  french = i18n.getFixedT("fr", "conversation");
});

it.each<[string, readonly File[], string]>([
  ["one picture", [photo], "📷 Photo"],
  ["pictures with their number", [photo, photo], "📷 2 photos"],
  ["a voice message with its length", [voice], "🎤 Voice message, 0:12"],
  ["a voice message whose length is not known yet", [file("audio/webm")], "🎤 Voice message"],
  ["a song by its name", [file("audio/mpeg", { fileName: "Song.mp3" })], "🎤 Song.mp3"],
  ["a document by its name", [paper], "📎 Agenda.pdf"],
  ["files of several kinds with their number", [paper, photo, voice], "📎 3 files"],
])("describes %s", (_, files, expected) => {
  expect(describeFiles(files, t)).toBe(expected);
});

it("describes them in French too", () => {
  expect(describeFiles([photo, photo], french)).toBe("📷 2 photos");
  expect(describeFiles([voice], french)).toBe("🎤 Message vocal, 0:12");
});

it("shows the text that goes with files, and says nothing of a deleted message", () => {
  expect(lineOf({ body: "Look!", attachments: [photo] }, t)).toBe("📷 Look!");
  expect(lineOf({ body: "Hello", attachments: [] }, t)).toBe("Hello");
  expect(lineOf({ body: null, attachments: [] }, t)).toBeNull();
});
