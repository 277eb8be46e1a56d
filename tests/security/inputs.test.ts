// Inputs that try to take over an identity or a role: other spellings of a taken e-mail address,
// and fields that an input does not have.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { ask, refusalOf } from "../kit/client.ts";
import { aPerson, type Person } from "../kit/stories.ts";

let ada: Person;
beforeAll(async () => {
  ada = await aPerson("Ada");
});

const nobodys = () => `${randomUUID()}@meetinity.test`;

describe("another spelling of an address", () => {
  const spelled = (change: (local: string) => string) => {
    const [local = "", domain] = ada.email.split("@");
    return `${change(local)}@${domain}`;
  };
  const signUp = (email: string) =>
    ask<{ signUp: { viewer?: { email: string } } }>(operation("SignUp"), {
      input: { email, password: "correct horse battery staple", displayName: "Eve" },
    });

  test.each<[string, () => string]>([
    ["in capitals", () => ada.email.toUpperCase()],
    ["between spaces", () => `  ${ada.email} `],
    ["between tabs and line breaks", () => `\t${ada.email}\r\n`],
    ["with an ideographic full stop", () => ada.email.replace(".test", "\u3002test")],
  ])("%s is the same address", async (_how, email) => {
    const { data } = await signUp(email());
    expect(data?.signUp.viewer?.email).toBe(ada.email);
  });

  test.each<[string, () => string]>([
    [
      "in full width",
      () =>
        spelled((local) =>
          local.replace(/[a-f0-9]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0)),
        ),
    ],
    ["with a Cyrillic letter", () => spelled((local) => `${local}\u0430`)],
    ["with a Kelvin sign", () => spelled((local) => `${local}\u212a`)],
    ["with a dotless i", () => spelled((local) => `${local}\u0131`)],
    ["with a zero width space", () => spelled((local) => `${local}\u200b`)],
    ["with a soft hyphen", () => spelled((local) => `${local}\u00ad`)],
    ["with a direction override", () => spelled((local) => `\u202e${local}`)],
    ["with a combining accent", () => spelled((local) => `${local}e\u0301`)],
    ["with a NUL", () => spelled((local) => `${local}\0`)],
    ["with half a character", () => spelled((local) => `${local}\ud800`)],
    ["with a line break inside", () => spelled((local) => `${local}\r\nbcc: eve`)],
    ["with a full width at sign", () => ada.email.replace("@", "\uff20")],
    ["in two", () => `${ada.email},eve@evil.test`],
    ["with a name", () => `Ada <${ada.email}>`],
  ])("%s is no address", async (_how, email) => {
    const input = { email: email(), password: "correct horse battery staple", displayName: "Eve" };
    expect(await refusalOf(operation("SignUp"), { input })).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.email",
    });
  });
});

describe("no input accepts an unknown field:", () => {
  const hour = (at: number) => new Date(Date.now() + at * 3_600_000).toISOString();
  const INPUTS: Readonly<Record<string, object>> = {
    SignUp: { email: nobodys(), password: "correct horse battery staple", displayName: "Eve" },
    SignIn: { email: nobodys(), password: "correct horse battery staple" },
    UpdateProfile: { headline: "x" },
    CreateEvent: { title: "x", startsAt: hour(24), endsAt: hour(25), timeZone: "UTC", capacity: 1 },
    RegisterForEvent: { eventId: randomUUID() },
    SendMessage: { conversationId: randomUUID(), clientMessageId: "x", body: "x" },
    GrantRole: { userId: randomUUID(), role: "ADMIN" },
  };
  const FIELDS = [
    "id",
    "userId2",
    "roles",
    "isAdmin",
    "emailVerifiedAt",
    "passwordHash",
    "createdAt",
    "version",
    "__proto__",
    "constructor",
  ];

  test.each(Object.keys(INPUTS))("%s", async (name) => {
    const answers = FIELDS.map(async (field) => {
      const input = Object.fromEntries([...Object.entries(INPUTS[name] ?? {}), [field, "x"]]);
      const { code, field: named } = await refusalOf(operation(name), { input }, { as: ada.token });
      return `${code} ${named}`;
    });
    // A body with a `__proto__` key is refused before it is read.
    const expected = FIELDS.map((field) =>
      field === "__proto__" ? "BAD_REQUEST undefined" : `BAD_USER_INPUT input.${field}`,
    );
    expect(await Promise.all(answers)).toEqual(expected);
  });
});
