// A request at a subgraph's own port with a person's identity is served as that person: a reference
// to another's object finds nothing, whatever its other fields are.
import { getNamedType } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import type { Identity } from "../../kit/trust/identity.ts";
import { scopesOf } from "../../subgraphs/users/accounts/roles/rules.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { type Entity, entities, type Representation, resolve } from "./matrix/ports.ts";
import { called, selectionOf } from "./matrix/schema.ts";
import { OWN } from "./matrix/visibility.ts";
import { aLife, type Kind, type Life } from "./matrix/world.ts";

/** The kind of thing for each type. */
const KIND_OF: Readonly<Record<string, Kind>> = {
  Conversation: "group",
  Event: "draft",
  Match: "match",
  MatchSuggestion: "suggestion",
  Message: "message",
  Registration: "registration",
  TicketType: "ticketType",
  User: "person",
};

/** Types with objects that every signed-in person may know; events also without a sign-in. */
const OPEN: Readonly<Record<string, Kind>> = { User: "person", Event: "event" };

const audience: Identity = { kind: "audience" };
const anonymous: Identity = { kind: "anonymous" };

let bob: Life;
let ada: Life;
let stranger: Person;
beforeAll(async () => {
  [bob, ada, stranger] = await Promise.all([aLife("Bob"), aLife("Ada"), aPerson("Stranger")]);
});

function identityOf({ id }: { readonly id: string }): Identity {
  const roles = ["USER", "ORGANIZER"] as const;
  const expiresAt = Date.now() + 60_000;
  const viewer = { id, sessionId: newId(), roles, scopes: scopesOf(roles), expiresAt };
  return { kind: "viewer", viewer };
}

const ALL = entities();
const named = ALL.map((entity) => [`${entity.type.name} at ${entity.subgraph}`, entity] as const);

/** Each field of an entity separately, so that no failure hides another. */
function selectionsOf({ type }: Entity): string[] {
  return Object.values(type.getFields()).map((field) => {
    return `{ __typename ${called(field)} ${selectionOf(getNamedType(field.type), 1)} }`;
  });
}

interface EntityRequest {
  readonly entity: Entity;
  readonly identity: Identity;
  readonly selection: string;
  /** Additional fields of each reference. */
  readonly lies?: object;
}

/** The answer for each id of one request, with errors, and with ids replaced. */
async function answersTo(ids: readonly string[], entityRequest: EntityRequest): Promise<string[]> {
  const { entity, identity, selection, lies } = entityRequest;
  const __typename = entity.type.name;
  const references = ids.map((id): Representation => ({ ...lies, __typename, id }));
  const { status, data, errors = [] } = await resolve(entity, selection, references, identity);
  expect(status).toBe(200);
  return ids.map((id, at) => {
    const own = errors.filter(({ path }) => path?.[1] === at || path?.length === 1);
    const answered = own.map(({ message, extensions }) => [message, extensions.code]);
    const text = JSON.stringify([data?._entities[at] ?? null, answered]);
    return text.replaceAll(id, "<id>").replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "<id>");
  });
}

/** Checks that all of Bob's things except these kinds do not exist for such a request. */
async function expectNothing(entityRequest: EntityRequest, known: readonly Kind[]): Promise<void> {
  const kinds = (Object.keys(bob.things) as Kind[]).filter((kind) => !known.includes(kind));
  const answers = await answersTo(
    [...kinds.map((kind) => bob.things[kind]), newId()],
    entityRequest,
  );
  const nothing = answers.pop();
  expect(answers, entityRequest.selection).toEqual(kinds.map(() => nothing));
}

function openOf({ type }: Entity): Kind[] {
  const kind = OPEN[type.name];
  return kind ? [kind] : [];
}

test("every entity of every subgraph is tested", () => {
  expect(new Set(ALL.map(({ type }) => type.name))).toEqual(new Set(Object.keys(KIND_OF)));
});

describe.each(named)("%s stays hidden", (_name, entity) => {
  const open = openOf(entity);
  const selection = selectionOf(entity.type, 1);

  test("from a stranger, field by field", async () => {
    const identity = identityOf(stranger);
    for (const each of selectionsOf(entity)) {
      await expectNothing({ entity, identity, selection: each }, open);
    }
  });

  test("from a friend, except what is the friend's too", () => {
    const identity = identityOf(bob.friend);
    const both: Kind[] = ["match", "direct", "directMessage"];
    return expectNothing({ entity, identity, selection }, [...both, ...open]);
  });

  test("from an anonymous client, and from an audience", async () => {
    const forAll = entity.type.name === "Event" ? open : [];
    await expectNothing({ entity, identity: anonymous, selection }, forAll);
    await expectNothing({ entity, identity: audience, selection }, open);
  });

  test("from a stranger whose reference claims to own it", async () => {
    const { id } = stranger;
    const people = "attendeeId organizerId personId senderId firstId secondId userId".split(" ");
    const lies = {
      ...Object.fromEntries(people.map((field) => [field, id])),
      ...{ isOwn: true, isAdmin: true, status: "PUBLISHED", roles: ["ADMIN"], viewer: { id } },
    };
    await expectNothing({ entity, identity: identityOf(stranger), selection, lies }, open);
  });
});

describe.each(named)("beside references to another's %s", (_name, entity) => {
  test("one's own are resolved", async () => {
    const own = ada.things[KIND_OF[entity.type.name] ?? "person"];
    const others = Object.values(bob.things);
    const selection = selectionOf(entity.type, 1);
    const entityRequest = { entity, identity: identityOf(ada.owner), selection };
    const [alone] = await answersTo([own], entityRequest);
    const mixed = await answersTo([...others, own, ...others], entityRequest);
    expect(mixed[others.length]).toBe(alone);
    expect(alone).toContain(`"__typename":"${entity.type.name}"`);
  });
});

test("private fields of a person with a public card stay hidden", async () => {
  const { person } = bob.things;
  for (const entity of ALL.filter(({ type }) => type.name === "User")) {
    for (const selection of selectionsOf(entity)) {
      const [field] = OWN.filter((name) => new RegExp(`__typename ${name}\\b`).test(selection));
      if (!field) continue;
      const toldTo = async (identity: Identity) => {
        const [answered = ""] = await answersTo([person], { entity, identity, selection });
        return JSON.parse(answered)[0]?.[field] ?? [];
      };
      for (const identity of [identityOf(stranger), identityOf(bob.friend), audience, anonymous]) {
        expect(await toldTo(identity), field).toEqual([]);
      }
      expect(await toldTo(identityOf(bob.owner)), field).not.toEqual([]);
    }
  }
});

/**
 * They tell of matches who come to an event, and of its group: Bob's has neither. attending.test.ts
 * and event-groups.test.ts have some.
 */
const UNTOLD = ["matching Event", "messaging Event"];

test("Bob himself reads them, so the comparison can fail", async () => {
  const telling = ALL.filter(
    ({ subgraph, type }) =>
      Object.keys(type.getFields()).length > 1 && !UNTOLD.includes(`${subgraph} ${type.name}`),
  );
  for (const entity of telling) {
    const selection = selectionOf(entity.type, 1);
    const entityRequest = { entity, identity: identityOf(bob.owner), selection };
    await expect(expectNothing(entityRequest, []), entity.type.name).rejects.toThrow();
  }
});
