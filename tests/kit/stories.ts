// Makes people, events and registrations through the API.
import { randomUUID } from "node:crypto";
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { acquaint } from "./acquaintances.ts";
import { type AskOptions, dataOf } from "./client.ts";
import { untilRows, withDatabase } from "./database.ts";
import { accessToken } from "./tokens.ts";

export interface Person {
  readonly id: string;
  readonly token: string;
  readonly email: string;
  readonly password: string;
  readonly refreshToken: string;
}

/**
 * Inserts people into messaging's projection, as if users had published their accounts. They know
 * each other.
 */
export async function insertKnownPeople(
  ids: readonly string[],
  databaseUrl?: string,
): Promise<void> {
  const statement =
    "insert into person (id, version) select unnest($1::uuid[]), 1 on conflict do nothing";
  await withDatabase("messaging", (client) => client.query(statement, [ids]), databaseUrl);
  await acquaint(ids, databaseUrl);
}

/** A person who has signed up, and confirmed their address. */
export async function aPerson(displayName = "Somebody"): Promise<Person> {
  const person = await aNewcomer(displayName);
  await confirmAddress(person.id);
  const input = { refreshToken: person.refreshToken };
  const { refreshSession } = await dataOf<{
    refreshSession: { accessToken: string; refreshToken: string };
  }>(operation("RefreshSession"), { input });
  const { accessToken: token, refreshToken } = refreshSession;
  return { ...person, token, refreshToken };
}

/** Confirms a person's address as users would, without a mail. */
export async function confirmAddress(personId: string): Promise<void> {
  await withDatabase("users", (client) => client.query(CONFIRMATION, [personId]));
}

const CONFIRMATION = `
  with owned as (update credential set verified_at = now() where user_id = $1::uuid),
  stood as (
    update person set standing = 'ACTIVE', standing_version = standing_version + 1
    where id = $1::uuid returning id, standing_version
  ),
  published as (
    insert into outbox (topic, key, version, payload, created_at)
    select 'users.standing.changed.v1', id, standing_version,
      jsonb_build_object('userId', id, 'standing', 'ACTIVE'), clock_timestamp()
    from stood
  )
  select pg_notify('outbox', '')`;

/** A person who has signed up a moment ago: their address is not confirmed. */
export async function aNewcomer(
  displayName = "Somebody",
  options: AskOptions = {},
): Promise<Person> {
  const email = `${randomUUID()}@meetinity.test`;
  const password = "correct horse battery staple";
  const { signUp } = await dataOf<{
    signUp: { accessToken: string; refreshToken: string; viewer: { id: string } };
  }>(operation("SignUp"), { input: { email, password, displayName } }, options);
  await acquaint([signUp.viewer.id]);
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
 * A person with a valid token whom messaging knows, without an account. Faster than `aPerson`, and
 * enough where users is not needed.
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

/** `count` people with a valid token whom messaging knows, without accounts. */
export async function tokenHolders<const N extends number>(
  count: N,
): Promise<TupleOf<TokenHolder, N>> {
  const ids = Array.from({ length: count }, () => newId());
  await insertKnownPeople(ids);
  const made = ids.map(async (id) => ({ id, token: await accessToken({ userId: id }) }));
  return (await Promise.all(made)) as TupleOf<TokenHolder, N>;
}

/** `count` people with accounts, whose names the events subgraph has. */
export async function namedPeople<const N extends number>(count: N): Promise<TupleOf<Person, N>> {
  const people = await Promise.all(
    Array.from({ length: count }, (_, at) => aPerson(`Person ${at}`)),
  );
  const ids = people.map(({ id }) => id);
  await untilRows("events", "select from person where id = any($1)", [ids], count);
  return people as TupleOf<Person, N>;
}

export interface EventOptions {
  readonly capacity?: number;
  readonly hasWaitlist?: boolean;
  readonly title?: string;
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly venue?: string;
  readonly onlineUrl?: string;
  readonly idempotencyKey?: string;
  readonly isDraft?: boolean;
  readonly startsInMs?: number;
  readonly durationMs?: number;
  readonly partySizeMax?: number;
  readonly passesMax?: number;
  readonly offerMinutes?: number | null;
  readonly isApprovalRequired?: boolean;
}

const HOUR_MS = 3_600_000;

/** The input of an event tomorrow: so late that nobody is reminded of it meanwhile. */
export function eventInput(options: EventOptions = {}) {
  const startsAt = Date.now() + (options.startsInMs ?? 30 * HOUR_MS);
  return {
    title: options.title ?? "TypeScript evening",
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + (options.durationMs ?? 2 * HOUR_MS)).toISOString(),
    timeZone: "Europe/Berlin",
    capacity: options.capacity ?? 10,
    hasWaitlist: options.hasWaitlist ?? true,
    tags: options.tags ?? [],
    ...(options.description !== undefined && { description: options.description }),
    ...(options.venue !== undefined && { venue: options.venue }),
    ...(options.onlineUrl !== undefined && { onlineUrl: options.onlineUrl }),
    ...(options.idempotencyKey !== undefined && { idempotencyKey: options.idempotencyKey }),
    ...(options.partySizeMax !== undefined && { partySizeMax: options.partySizeMax }),
    ...(options.passesMax !== undefined && { passesMax: options.passesMax }),
    ...(options.offerMinutes !== undefined && { offerMinutes: options.offerMinutes }),
    ...(options.isApprovalRequired !== undefined && {
      isApprovalRequired: options.isApprovalRequired,
    }),
  };
}

/** An event of the organizer, published unless `isDraft`. */
export async function anEvent(organizerToken: string, options: EventOptions = {}): Promise<string> {
  const as = { as: organizerToken };
  const { createEvent } = await dataOf<{ createEvent: { event: { id: string } } }>(
    operation("CreateEvent"),
    { input: eventInput(options) },
    as,
  );
  const eventId = createEvent.event.id;
  if (!options.isDraft) await dataOf(operation("PublishEvent"), { input: { eventId } }, as);
  return eventId;
}

/** Sets the questions of an event, and returns their ids in order. */
export async function questionsOf(
  token: string,
  eventId: string,
  questions: readonly object[],
): Promise<string[]> {
  type Data = { setQuestions: { event: { questions: readonly { readonly id: string }[] } } };
  const variables = { input: { eventId, questions } };
  const { setQuestions } = await dataOf<Data>(operation("SetQuestions"), variables, { as: token });
  return setQuestions.event.questions.map(({ id }) => id);
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
  readonly isHidden?: boolean;
  readonly answers?: readonly object[];
  readonly ticketTypeId?: string;
  readonly ticketCode?: string;
}

/** Registers for an event, and returns the result, also a problem. */
export async function register(
  token: string,
  eventId: string,
  options: RegisterOptions = {},
  router = 0,
): Promise<Registered> {
  const { registerForEvent } = await dataOf<{ registerForEvent: Registered }>(
    operation("RegisterForEvent"),
    { input: { eventId, ...options } },
    { as: token, router },
  );
  return registerForEvent;
}

/** Registers for an event. Throws unless the registration is confirmed or on the waitlist. */
export async function aRegistration(
  token: string,
  eventId: string,
  options: RegisterOptions = {},
  router = 0,
): Promise<Registration> {
  const answer = await register(token, eventId, options, router);
  if (!answer.registration) throw new Error(`not registered: ${JSON.stringify(answer)}`);
  return answer.registration;
}

/** Cancels a registration, and returns the type of the result. */
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
