// How the tests come by people and events: small stories told through the real write paths.
import { randomUUID } from "node:crypto";
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "./client.ts";
import { withDatabase } from "./database.ts";
import { accessToken } from "./tokens.ts";

export interface Person {
  readonly id: string;
  readonly token: string;
  readonly email: string;
  readonly password: string;
  readonly refreshToken: string;
}

/** Has messaging know people as if users had told of their accounts. */
export async function insertKnownPeople(
  ids: readonly string[],
  databaseUrl?: string,
): Promise<void> {
  const statement =
    "insert into person (id, version) select unnest($1::uuid[]), 1 on conflict do nothing";
  await withDatabase("messaging", (client) => client.query(statement, [ids]), databaseUrl);
}

/** Somebody who has signed up. */
export async function aPerson(displayName = "Somebody"): Promise<Person> {
  const email = `${randomUUID()}@meetinity.test`;
  const password = "correct horse battery staple";
  const { signUp } = await dataOf<{
    signUp: { accessToken: string; refreshToken: string; viewer: { id: string } };
  }>(operation("SignUp"), { input: { email, password, displayName } });
  return {
    id: signUp.viewer.id,
    token: signUp.accessToken,
    refreshToken: signUp.refreshToken,
    email,
    password,
  };
}

export type TokenHolder = Pick<Person, "id" | "token">;

/**
 * Somebody with a valid token whom messaging knows, and no account: enough for what asks nothing of
 * users.
 */
export async function aTokenHolder(): Promise<TokenHolder> {
  const [stranger] = await tokenHolders(1);
  return stranger;
}

type TupleOf<T, N extends number, Made extends T[] = []> = number extends N
  ? T[]
  : Made["length"] extends N
    ? Made
    : TupleOf<T, N, [...Made, T]>;

/** As many strangers as asked for. */
export async function tokenHolders<const N extends number>(
  count: N,
): Promise<TupleOf<TokenHolder, N>> {
  const ids = Array.from({ length: count }, () => newId());
  await insertKnownPeople(ids);
  const made = ids.map(async (id) => ({ id, token: await accessToken({ userId: id }) }));
  return (await Promise.all(made)) as TupleOf<TokenHolder, N>;
}

export interface EventOptions {
  readonly capacity?: number;
  readonly hasWaitlist?: boolean;
  readonly title?: string;
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly venue?: string;
  readonly isDraft?: boolean;
  readonly startsInMs?: number;
  readonly durationMs?: number;
}

const HOUR_MS = 3_600_000;

/** The input of an event tomorrow. */
export function eventInput(wish: EventOptions = {}) {
  const startsAt = Date.now() + (wish.startsInMs ?? 24 * HOUR_MS);
  return {
    title: wish.title ?? "TypeScript evening",
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + (wish.durationMs ?? 2 * HOUR_MS)).toISOString(),
    timeZone: "Europe/Berlin",
    capacity: wish.capacity ?? 10,
    hasWaitlist: wish.hasWaitlist ?? true,
    tags: wish.tags ?? [],
    ...(wish.description !== undefined && { description: wish.description }),
    ...(wish.venue !== undefined && { venue: wish.venue }),
  };
}

/** An event of the organizer's, published unless it is to be a draft. */
export async function anEvent(organizerToken: string, wish: EventOptions = {}): Promise<string> {
  const as = { as: organizerToken };
  const { createEvent } = await dataOf<{ createEvent: { event: { id: string } } }>(
    operation("CreateEvent"),
    { input: eventInput(wish) },
    as,
  );
  const eventId = createEvent.event.id;
  if (!wish.isDraft) await dataOf(operation("PublishEvent"), { input: { eventId } }, as);
  return eventId;
}

export interface Registration {
  readonly id: string;
  readonly status: string;
  readonly waitlistPosition: number | null;
}

interface Registered {
  readonly __typename: string;
  readonly registration?: Registration;
}

interface RegisterOptions {
  readonly partySize?: number;
  readonly idempotencyKey?: string;
}

/** Asks for a place, and returns how that ended. */
export async function register(
  token: string,
  eventId: string,
  wish: RegisterOptions = {},
  router = 0,
): Promise<Registered> {
  const { registerForEvent } = await dataOf<{ registerForEvent: Registered }>(
    operation("RegisterForEvent"),
    { input: { eventId, ...wish } },
    { as: token, router },
  );
  return registerForEvent;
}

/** A registration that must come about, with seats or waiting. */
export async function aRegistration(
  token: string,
  eventId: string,
  wish: RegisterOptions = {},
  router = 0,
): Promise<Registration> {
  const answer = await register(token, eventId, wish, router);
  if (!answer.registration) throw new Error(`not registered: ${JSON.stringify(answer)}`);
  return answer.registration;
}

/** Gives a registration up. */
export async function cancelRegistration(
  token: string,
  registrationId: string,
  router = 0,
): Promise<string> {
  const { cancelRegistration: result } = await dataOf<{
    cancelRegistration: { __typename: string };
  }>(operation("CancelRegistration"), { input: { registrationId } }, { as: token, router });
  return result.__typename;
}
