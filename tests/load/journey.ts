// One person's way through Meetinity: sign in, find an event, register, like people, match, and
// talk live. It goes on until the load ends, at a person's pace.
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Kept } from "../chaos/checks.ts";
import { type Positioned, type Watcher, watchAll } from "../chaos/watcher.ts";
import { headersOf, type Town, type Visitor } from "./town.ts";
import { documentOf, type Line, type Traffic } from "./traffic.ts";

/** The answers that a person got, to be compared with what is stored and delivered. */
export interface Diary {
  readonly visitor: Visitor;
  /** Accepted registrations by `number event`, their idempotency key. */
  readonly registrations: Kept[];
  /** Accepted messages by client id: the conversation, `seq` and id of each. */
  readonly messages: Kept[];
  /** The people they like, by `person liked`. */
  readonly likes: Kept[];
  /** The streams they watch. */
  talk: { readonly conversationId: string; readonly watcher: Watcher<TalkEvent> } | null;
}

export interface TalkEvent extends Positioned {
  readonly __typename: string;
  readonly message?: { readonly id: string } | null;
}

export interface Pace {
  /** The mean pause between two operations of one person. */
  readonly pauseMs: number;
  /** All people have come after this. */
  readonly arrivalsMs: number;
}

/** Messages that a person writes on each way. */
const MESSAGES = 3;
/** A person signs in again after this many ways. */
const WAYS_PER_SESSION = 2;
const PAGE = { first: 10 };

type Step = (line: Line) => Promise<unknown>;

/** Goes until the load ends. Returns what the person was told. */
export async function go(
  traffic: Traffic,
  { events }: Town,
  visitor: Visitor,
  pace: Pace,
): Promise<Diary> {
  const diary: Diary = { visitor, registrations: [], messages: [], likes: [], talk: null };
  let line: Line = { router: visitor.number % 2, headers: headersOf(visitor.number) };
  await delay(Math.random() * pace.arrivalsMs);
  for (let way = 0; traffic.isOn(); way += 1) {
    if (way % WAYS_PER_SESSION === 0) line = await signIn(traffic, line, visitor);
    const event = events[(visitor.number * 7 + way) % events.length];
    const steps: Step[] = [
      (at) => traffic.see(at, "FindEvents", PAGE),
      (at) => traffic.see(at, "EventPage", { id: event?.id, ...PAGE }),
      (at) => register(traffic, at, event?.id ?? "", diary),
      (at) => like(traffic, at, diary),
      (at) => meet(traffic, at, diary),
      ...Array.from({ length: MESSAGES }, (): Step => (at) => say(traffic, at, diary)),
      (at) => traffic.see(at, "Conversations", PAGE),
      (at) => meet(traffic, at, diary),
    ];
    for (const step of steps) {
      if (!traffic.isOn()) break;
      await step(line);
      await delay(pace.pauseMs * (0.5 + Math.random()));
    }
  }
  return diary;
}

async function signIn(traffic: Traffic, line: Line, { email, password }: Visitor): Promise<Line> {
  type Data = { readonly signIn: { readonly accessToken?: string } };
  const { signIn: result } = await traffic.insist<Data>(line, "SignIn", { email, password });
  if (!result.accessToken) throw new Error(`not signed in: ${JSON.stringify(result)}`);
  return { ...line, token: result.accessToken };
}

interface Registered {
  readonly registerForEvent: {
    readonly __typename: string;
    readonly registration?: { readonly id: string };
  };
}

async function register(traffic: Traffic, line: Line, eventId: string, diary: Diary) {
  const idempotencyKey = `${diary.visitor.number} ${eventId}`;
  const input = { eventId, idempotencyKey };
  const { registerForEvent } = await traffic.insist<Registered>(line, "RegisterForEvent", input);
  const { registration } = registerForEvent;
  if (!registration) throw new Error(`refused: ${registerForEvent.__typename}`);
  const isNew = diary.registrations.every(({ key }) => key !== idempotencyKey);
  if (isNew) diary.registrations.push({ key: idempotencyKey, value: registration.id });
}

interface Suggestions {
  readonly matchSuggestions: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly user: { readonly id: string } | null };
    }[];
  } | null;
}

/** Likes the partner once they are suggested. */
async function like(traffic: Traffic, line: Line, { visitor, likes }: Diary) {
  const page = await traffic.see<Suggestions>(line, "MatchSuggestions", PAGE);
  const nodes = page?.matchSuggestions?.edges.map(({ node }) => node) ?? [];
  const partner = nodes.find(({ user }) => user?.id === visitor.partnerId);
  if (!partner || !traffic.isOn()) return;
  const input = { suggestionId: partner.id, answer: "ACCEPT" };
  await traffic.insist(line, "AnswerSuggestion", input);
  likes.push({ key: `${visitor.id} ${visitor.partnerId}`, value: "ACCEPT" });
}

interface Matches {
  readonly matches: {
    readonly edges: readonly {
      readonly node: { readonly conversation: { readonly id: string } | null };
    }[];
  } | null;
}

/** Looks at the matches, and watches the conversation of the first once it is open. */
async function meet(traffic: Traffic, line: Line, diary: Diary) {
  const page = await traffic.see<Matches>(line, "Matches", PAGE);
  const conversationId = page?.matches?.edges[0]?.node.conversation?.id;
  if (!conversationId || diary.talk) return;
  const { token = "", router, headers } = line;
  const query = documentOf("ConversationEvents");
  const field = "conversationEvents";
  const variables = { conversationId };
  const watcher = watchAll<TalkEvent>({ token, router, query, variables, field, headers });
  diary.talk = { conversationId, watcher };
}

interface Sent {
  readonly sendMessage: {
    readonly __typename: string;
    readonly message?: { readonly id: string; readonly seq: number };
  };
}

async function say(traffic: Traffic, line: Line, { talk, messages }: Diary) {
  if (!talk) return;
  const { conversationId } = talk;
  const clientMessageId = randomUUID();
  const input = { conversationId, clientMessageId, body: `Number ${messages.length + 1}` };
  const { sendMessage } = await traffic.insist<Sent>(line, "SendMessage", input);
  const { message } = sendMessage;
  if (!message) throw new Error(`refused: ${sendMessage.__typename}`);
  const value = `${conversationId} ${message.seq} ${message.id}`;
  messages.push({ key: clientMessageId, value });
}
