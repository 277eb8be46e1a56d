// Texts that people see must be visible and must not change the text around them. Tested at every
// input of the running graph that is a line or a body in the SDL, so new ones are tested too.
import { randomUUID } from "node:crypto";
import { Kind, type ValueNode } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { argumentOf, directiveOf, inputsOf } from "../../schema/rules/walk.ts";
import { parseSources, readSubgraphs } from "../../schema/sdl.ts";
import { ask, dataOf } from "../kit/client.ts";
import { withDatabase } from "../kit/database.ts";
import { anEvent, aPerson, type Person } from "../kit/stories.ts";
import {
  documentOf,
  type FieldOf,
  type Position,
  positionsOf,
  variablesOf,
} from "./matrix/schema.ts";

/** The purposes of strings in the SDL, by coordinate. */
const purposes = new Map(
  readSubgraphs().flatMap(({ sources }) =>
    inputsOf(parseSources(sources)).flatMap(({ node, coordinate }) => {
      const constraint = directiveOf(node, "constraint");
      const purpose = constraint && nameOf(argumentOf(constraint, "text")?.value);
      return purpose ? [[coordinate, purpose] as const] : [];
    }),
  ),
);

function nameOf(value: ValueNode | undefined): string | null {
  return value?.kind === Kind.ENUM ? value.value : null;
}

const placesOf = (...wanted: string[]) =>
  positionsOf("String").filter(({ coordinate }) => {
    return wanted.includes(purposes.get(coordinate) ?? "");
  });

const INVISIBLE = [
  "\u200b",
  "\u2060\ufeff\u200d",
  "\u00ad",
  "\u2800",
  "\u3164",
  "\uffa0",
  "\u{e0041}\u{e0042}",
  "\u034f\ufe0f",
  "\u0301",
  "\u2068\u2069",
];
const TURNING = ["a\u202eb", "a\u202db\u202c", "\u2066a", "a\u2069", "\u202ba", "a\u202c"];
const BROKEN = ["a\nb", "a\r\nb", "a\u2028b", "a\u0085b", "a\tb", "a\u0007b", "a\u001b[2Jb"];
const RIGHT = ["می‌خواهم", "क्‍ष", "שלום\u200f!", "\u2067שלום\u2069", "👩‍💻", "Łódź", "東京", "ไทย"];

interface Violation {
  readonly field: string;
  readonly message: string;
  readonly received: unknown;
}

/** A moderator: some texts are theirs alone. */
let person: Person;
/** An event of theirs. */
let eventId: string;
beforeAll(async () => {
  const moderator = await aPerson("Ada");
  await withDatabase("users", (client) =>
    client.query(
      "insert into role_grant (user_id, role, created_at) values ($1, 'MODERATOR', now())",
      [moderator.id],
    ),
  );
  const input = { refreshToken: moderator.refreshToken };
  const { refreshSession } = await dataOf<{ refreshSession: { accessToken: string } }>(
    operation("RefreshSession"),
    { input },
  );
  person = { ...moderator, token: refreshSession.accessToken };
  eventId = await anEvent(person.token);
});

/** The document of a root field, or of a field of the person's event. */
function documentFor(of: FieldOf): string {
  if (of.type.name !== "Event") return documentOf(of);
  const { name, args } = of.field;
  const given = args.map((each) => `$${each.name}: ${each.type}`).join(", ");
  const passed = args.map((each) => `${each.name}: $${each.name}`).join(", ");
  return `query(${given}) { event(id: "${eventId}") { ${name}(${passed}) { __typename } } }`;
}

/** The violations that the graph reports for a text in an input. */
async function violationsAt({ coordinate, of }: Position, text: string): Promise<Violation[]> {
  const variables = variablesOf(of, { chosen: { [coordinate]: text }, idFor: () => randomUUID() });
  const { errors } = await ask(documentFor(of), { ...variables }, { as: person.token });
  const codes = (errors ?? []).map(({ extensions }) => extensions?.code);
  // Any other code would mean that the input was not checked.
  for (const code of codes) expect(["BAD_USER_INPUT", "NOT_FOUND"], coordinate).toContain(code);
  return (errors ?? []).flatMap(({ extensions }) => (extensions?.violations ?? []) as Violation[]);
}

/** The name of the last part of a coordinate: `title` of `CreateEventInput.title`. */
const nameIn = (coordinate: string) => /(\w+):?\)?$/.exec(coordinate)?.[1] ?? "";

async function expectRefusal(place: Position, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const violations = await violationsAt(place, text);
    expect(violations, `${place.coordinate} ${JSON.stringify(text)}`).toMatchObject([
      { field: expect.stringContaining(nameIn(place.coordinate)), received: text },
    ]);
    expect(violations[0]?.message).toMatch(/, got ".*<U\+[0-9A-F]{4,5}>|, got "\u0301"/);
  }
}

test("every text input is either tested here or listed as unreadable", () => {
  expect(placesOf("LINE", "BODY").length).toBeGreaterThanOrEqual(14);
  const unread = [...purposes].filter(([, purpose]) => purpose === "TOKEN");
  expect(unread.map(([coordinate]) => coordinate).sort()).toEqual([
    "AcceptInviteInput.code",
    "AddReactionInput.emoji",
    "AddWalkInInput.nonce",
    "AnswerSecondFactorInput.challenge",
    "AnswerSecondFactorInput.code",
    "AnswerSecondFactorInput.deviceToken",
    "ChangePasswordInput.currentPassword",
    "ChangePasswordInput.newPassword",
    "CheckInInput.nonce",
    "ConfirmTotpInput.code",
    "CreateEventInput.idempotencyKey",
    "CreateTicketTypeInput.code",
    "DeleteAccountInput.password",
    "DuplicateEventInput.idempotencyKey",
    "Event.ticketTypes(code:)",
    "ForwardMessageInput.clientMessageId",
    "NewFileInput.contentType",
    "NewFileInput.sha256",
    "OfflineCheckInInput.nonce",
    "OfflineWalkInInput.nonce",
    "PushKeysInput.auth",
    "PushKeysInput.p256dh",
    "Query.invitePreview(code:)",
    "Query.notificationPreferencesByToken(token:)",
    "ReauthenticateInput.code",
    "ReauthenticateInput.password",
    "RefreshSessionInput.refreshToken",
    "RegisterForEventInput.idempotencyKey",
    "RegisterForEventInput.ticketCode",
    "RegisterPushSubscriptionInput.address",
    "RemoveReactionInput.emoji",
    "RequestMagicLinkInput.attempt",
    "RequestMagicLinkInput.email",
    "RequestPasswordResetInput.email",
    "ResetPasswordInput.deviceToken",
    "ResetPasswordInput.password",
    "ResetPasswordInput.token",
    "SendMessageInput.clientMessageId",
    "SignInInput.deviceToken",
    "SignInInput.email",
    "SignInInput.password",
    "SignInWithMagicCodeInput.attempt",
    "SignInWithMagicCodeInput.code",
    "SignInWithMagicCodeInput.deviceToken",
    "SignInWithMagicLinkInput.attempt",
    "SignInWithMagicLinkInput.deviceToken",
    "SignInWithMagicLinkInput.token",
    "SignUpInput.deviceToken",
    "SignUpInput.password",
    "UndoEmailChangeInput.token",
    "UpdateNotificationPreferencesByTokenInput.token",
    "UpdateTicketTypeInput.code",
    "VerifyEmailByCodeInput.code",
    "VerifyEmailInput.token",
  ]);
});

describe.each(placesOf("LINE", "BODY").map((place) => [place.coordinate, place] as const))(
  "%s",
  (coordinate, place) => {
    test("refuses text that shows nothing, and text that reverses its surroundings", async () => {
      await expectRefusal(place, [...INVISIBLE, ...TURNING]);
    });

    test("accepts the characters that scripts need", async () => {
      for (const text of RIGHT) expect(await violationsAt(place, text)).toEqual([]);
    });

    test("has one line, or line breaks and no other control character", async () => {
      const isLine = purposes.get(coordinate) === "LINE";
      await expectRefusal(place, isLine ? BROKEN : BROKEN.slice(-2));
      if (!isLine) expect(await violationsAt(place, "a\n\tb")).toEqual([]);
    });
  },
);
