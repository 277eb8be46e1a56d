// For each field, role, and own or other's object, the router and the subgraph make the same
// decision, and it is the one of the composed schema.
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import type { Identity } from "../../kit/trust/identity.ts";
import { ROLES, scopesOf } from "../../subgraphs/users/accounts/roles/rules.ts";
import { aPerson } from "../kit/stories.ts";
import { accessToken } from "../kit/tokens.ts";
import { atTheDoor, atThePorts, bySchema } from "./matrix/decisions.ts";
import { OTHERS, OWN, type Reach, reachesFrom, unreached } from "./matrix/reaching.ts";
import { SIGHT } from "./matrix/visibility.ts";
import { aLife, type Kind, type Life } from "./matrix/world.ts";

type Role = (typeof ROLES)[number];

let bob: Life;
let stranger: string;
beforeAll(async () => {
  bob = await aLife("Bob");
  ({ id: stranger } = await aPerson("Stranger"));
});

/** A person with a role, with an access token and an identity. */
async function oneOf(role: Role, id: string) {
  const [roles, scopes, sessionId] = [[role], scopesOf([role]), newId()];
  const token = await accessToken({ userId: id, roles, scopes, sessionId });
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
  for (const [field, verdict] of Object.entries(bySchema(reach, identity))) {
    const isRelated = verdict.split(" or ").some((policy) => relations.includes(policy));
    const related = OFTEN_EMPTY.has(field) ? ["shown", "null"] : ["shown"];
    const outcomes = OUTCOMES[verdict] ?? (isRelated ? related : ["null"]);
    expect(outcomes, `${field} is ${verdict}`).toContain(door[field]);
  }
}

/** Null also for people who may read it: nothing is pending, or nobody leaves. */
const OFTEN_EMPTY = new Set(["leavesAt", "pendingEmail", "recoveryCodesLeft", "suspension"]);

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
    }, 120_000);

    test("on another's objects", async () => {
      const asker = await oneOf(role, stranger);
      for (const reach of others) await expectOneDecision(reach, asker, admin);
    }, 120_000);
  });

  test("for an anonymous client", async () => {
    for (const reach of others) await expectOneDecision(reach, NOBODY, []);
  }, 120_000);
});

test("every type with ids has a path from Query, and the unreachable types are listed", () => {
  // Sessions are reached by `me` alone: see tests/e2e/users/session-list.test.ts.
  const byId = Object.keys(SIGHT).filter((type) => type !== "Session");
  expect(OWN.map(({ type }) => type).sort()).toEqual([...byId, "Query"].sort());
  const known = /(Success|Problem)$|^(Query|Mutation|Subscription)$/;
  const unreachable = [...OF_STREAMS, ...OF_ONESELF].sort();
  expect(unreached().filter((name) => !known.test(name))).toEqual(unreachable);
});

/** Types that a person gets only of themselves, by `me` and when they sign in. */
const OF_ONESELF = ["Device", "SecondFactorRequired", "Session"];

/** Types that only streams return. Their protection is that of the root field. */
const OF_STREAMS = [
  "ConversationAdded",
  "ConversationRead",
  "ConversationRemoved",
  "InboxOpened",
  "MatchCreated",
  "MembersChanged",
  "MessageDeleted",
  "MessageEdited",
  "MessageSent",
  "PinChanged",
  "ReactionChanged",
  "RegistrationUpdate",
  "StreamPosition",
  "TypingChanged",
];
