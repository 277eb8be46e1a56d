// For each field, role, and own or other's object, the router and the subgraph make the same
// decision, and it is the one of the composed schema.
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import type { Identity } from "../../kit/trust/identity.ts";
import { ROLES, scopesOf } from "../../subgraphs/users/accounts/roles/rules.ts";
import { ask } from "../kit/client.ts";
import { turnOnSecondFactor } from "../kit/second-factors.ts";
import { aPerson } from "../kit/stories.ts";
import { accessToken } from "../kit/tokens.ts";
import { atTheDoor, atThePorts, bySchema } from "./matrix/decisions.ts";
import { FILLED, fillIn } from "./matrix/filled.ts";
import { askPort } from "./matrix/ports.ts";
import { OTHERS, OWN, type Reach, reachesFrom, unreached } from "./matrix/reaching.ts";
import { fieldsOf, objectTypes } from "./matrix/schema.ts";
import { SIGHT } from "./matrix/visibility.ts";
import { aLife, type Kind, type Life } from "./matrix/world.ts";

type Role = (typeof ROLES)[number];

let bob: Life;
let stranger: string;
beforeAll(async () => {
  bob = await aLife("Bob");
  await fillIn(bob.owner);
  ({ id: stranger } = await aPerson("Stranger"));
});

/** A person with a role, with an access token and an identity. */
async function oneOf(role: Role, id: string) {
  const [roles, scopes, sessionId] = [[role], scopesOf([role]), newId()];
  const token = await accessToken({ userId: id, roles, scopes, sessionId, version: 1_000 });
  const viewer = { id, sessionId, roles, scopes, expiresAt: Date.now() + 600_000 };
  return { token, identity: { kind: "viewer", viewer } satisfies Identity };
}

const NOBODY = { token: undefined, identity: { kind: "anonymous" } satisfies Identity };

interface Asker {
  readonly token: string | undefined;
  readonly identity: Identity;
}

/** Checks for one type that router, subgraphs and schema decide the same about each field. */
async function expectOneDecision(reach: Reach, { token, identity }: Asker, relations: string[]) {
  const { kind, holder = kind } = reach.start;
  const idOf = (kind: Kind | undefined) => (kind ? bob.things[kind] : "");
  const [door, ports] = await Promise.all([
    atTheDoor(reach, idOf(holder), token),
    atThePorts(reach, idOf(kind), identity),
  ]);
  expect(door).toEqual(ports);
  // An object that is not there for this person has no fields to refuse.
  const isAbsent = Object.values(door).every((outcome) => outcome === "null");
  for (const [field, verdict] of Object.entries(bySchema(reach, identity))) {
    const isRelated = verdict.split(" or ").some((policy) => relations.includes(policy));
    const isSet = reach.type.name === "User" && FILLED.has(field);
    const outcomes =
      verdict === "yes" && isSet ? SHOWN : (OUTCOMES[verdict] ?? (isRelated ? SHOWN : ["null"]));
    const orAbsent = isAbsent && reach.way.length > 0 && verdict in OUTCOMES ? ["null"] : [];
    expect([...outcomes, ...orAbsent], `${field} is ${verdict}`).toContain(door[field]);
  }
}

const SHOWN = ["shown"];

/** The possible outcomes of a field by the schema's verdict. Any other verdict names policies. */
const OUTCOMES: Readonly<Record<string, readonly string[]>> = {
  yes: ["shown", "null"],
  UNAUTHENTICATED: ["UNAUTHENTICATED"],
  FORBIDDEN: ["FORBIDDEN"],
};

const own = reachesFrom(OWN);
const others = reachesFrom(OTHERS);

describe("for each field of each type, router and subgraph decide as the schema says:", () => {
  describe.each(ROLES)("for %s", (role) => {
    const admin = role === "ADMIN" ? ["admin"] : [];

    test("on their own objects", async () => {
      const asker = await oneOf(role, bob.owner.id);
      for (const reach of own) await expectOneDecision(reach, asker, ["self", ...admin]);
    }, 240_000);

    test("on another's objects", async () => {
      const asker = await oneOf(role, stranger);
      for (const reach of others) await expectOneDecision(reach, asker, admin);
    }, 240_000);
  });

  test("for an anonymous client", async () => {
    for (const reach of others) await expectOneDecision(reach, NOBODY, []);
  }, 240_000);
});

describe("what a password alone gives to a person with a second factor", () => {
  const type = objectTypes().find(({ name }) => name === "SecondFactorRequired");
  if (!type) throw new Error("there is no second factor");
  const fields = fieldsOf(type);
  const names = fields.map(({ field }) => field.name).join(" ");
  const query = `mutation($input: SignInInput!) {
    signIn(input: $input) { __typename ... on SecondFactorRequired { ${names} } } }`;

  interface Answer {
    readonly signIn: Readonly<Record<string, unknown>>;
  }

  test.each(["nobody", ...ROLES] as const)(
    "is the same for %s, as the schema says",
    async (who) => {
      const person = await aPerson("Ada");
      const asker = who === "nobody" ? NOBODY : await oneOf(who, person.id);
      await turnOnSecondFactor(person);
      const input = { email: person.email, password: person.password };
      const door = await ask<Answer>(query, { input }, { as: asker.token });
      const ports = await askPort<Answer>("users", query, { input }, asker.identity);
      const verdicts = bySchema(
        { start: { type: type.name, steps: [] }, way: [], type },
        asker.identity,
      );
      for (const { data } of [door, ports]) {
        expect(data?.signIn.__typename).toBe("SecondFactorRequired");
        for (const [field, verdict] of Object.entries(verdicts)) {
          const outcome = (data?.signIn[field] ?? null) === null ? "null" : "shown";
          expect([field, verdict, outcome]).toEqual([field, "yes", "shown"]);
        }
      }
    },
  );
});

test("every type with ids has a path from Query, and the unreachable types are listed", () => {
  const reached = new Set(own.map(({ type }) => type.name));
  expect(Object.keys(SIGHT).filter((type) => !reached.has(type))).toEqual([]);
  const known = /(Success|Problem)$|^(Query|Mutation|Subscription)$/;
  const unreachable = [...OF_LISTS, ...OF_STREAMS, ...OF_RESULTS].sort();
  expect(unreached().filter((name) => !known.test(name))).toEqual(unreachable);
});

/** Types of which only results of mutations consist. Their protection is that of the mutation. */
const OF_RESULTS = [
  "AnswerViolation",
  "ApprovalOutcome",
  "SecondFactorRequired",
  "SyncedCheckIn",
  "SyncedWalkIn",
  "UploadPart",
  "UploadTicket",
];

/** Types of one list, which is an interface. Their protection is that of `happenings`. */
const OF_LISTS = [
  "ConversationHappening",
  "MembersHappening",
  "PinHappening",
  "RoleChange",
  "RoleHappening",
];

/** Types that only streams return. Their protection is that of the root field. */
const OF_STREAMS = [
  "AttachmentSettled",
  "ConversationAdded",
  "ConversationChanged",
  "ConversationRead",
  "ConversationRemoved",
  "ConversationSettingsChanged",
  "DraftChanged",
  "HistoryCleared",
  "InboxOpened",
  "MatchCreated",
  "MembersChanged",
  "MessageDeleted",
  "MessageEdited",
  "MessageHidden",
  "MessageRequestChanged",
  "MessageSent",
  "NotificationUpdate",
  "OpsBudget",
  "OpsService",
  "OpsStats",
  "PinChanged",
  "ReactionChanged",
  "RegistrationUpdate",
  "RoleChanged",
  "StreamPosition",
  "ThreadFollowed",
  "ThreadRead",
  "TypingChanged",
];
