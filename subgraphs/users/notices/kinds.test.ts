// Guarantees about the words of notices.
import { describe, expect, it } from "vitest";
import { MAIL_LANGUAGES } from "../../../kit/mail/layout.ts";
import { NotificationKind } from "../generated/prisma/client.ts";
import { textOf } from "./kinds.ts";

const PARAMS = {
  title: "Compilers by night",
  timeZone: "Europe/Paris",
  offerExpiresAt: "2026-12-24T17:00:00.000Z",
  startsAt: "2026-12-24T18:00:00.000Z",
};
const ada = { displayName: "Ada" };

describe.each(MAIL_LANGUAGES)("a notice in the language %s", (language) => {
  it.each(Object.values(NotificationKind))("of the kind %s is one sentence", (kind) => {
    const text = textOf(kind, PARAMS, ada, language);
    expect(text).toMatch(/(?:Compilers by night|Ada)/);
    expect(text).toMatch(/^[^.]+\.$/);
    expect(text).not.toMatch(/undefined|null|…/);
    expect(text).not.toMatch(/« | [:;!?»]/);
  });

  it("names a person whose account is gone by no name", () => {
    expect(textOf("MATCHED", {}, null, language)).toMatch(/somebody|Quelqu’un/);
  });
});

it("gives the end of an offer in the zone of the event", () => {
  expect(textOf("SEAT_OFFERED", PARAMS, null, "en")).toContain("24 December 2026 at 18:00");
});
