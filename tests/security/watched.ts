// What a person can watch, opened on a socket and seen to be open, and how soon it ends: for the
// tests of what ends streams.
import { expect } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { aGroup, aMessage, mutate, watch } from "../e2e/messaging/harness.ts";
import { openAtHeads } from "../e2e/messaging/inbox-harness.ts";
import { listenForSignals } from "../e2e/messaging/signal-listeners.ts";
import type { Closed, Frame, Socket } from "../kit/socket.ts";
import { anEvent, aRegistration, type TokenHolder, tokenHolders } from "../kit/stories.ts";

/** How soon a stream has to end after what ends it was answered. */
const SOON_MS = 1_000;

/** What there is to watch for one person. */
export interface Scene {
  readonly person: TokenHolder;
  readonly friend: TokenHolder;
  readonly group: string;
  readonly eventId: string;
  /** Members of the group who type so that a listener hears somebody. */
  readonly typists: readonly TokenHolder[];
}

/** A group in which something was said, and an event of the person's with a registration. */
export async function aScene(person: TokenHolder): Promise<Scene> {
  const [friend, ...typists] = await tokenHolders(25);
  const group = await aGroup(friend, [person, ...typists]);
  await aMessage(friend, group, "welcome");
  const eventId = await anEvent(person.token);
  await aRegistration(person.token, eventId);
  return { person, friend, group, eventId, typists };
}

/** Every subscription that there is, by its name: all that a person can watch. */
export const WATCHED: Record<string, (socket: Socket, scene: Scene) => Promise<string>> = {
  conversationEvents: async (socket, { group }) => opened(socket, watch(socket, group, 0)),
  inboxEvents: async (socket) => (await openAtHeads(socket)).id,
  signals: (socket, { group, typists }) => listenForSignals(socket, group, typists),
  registrationUpdated: async (socket, { eventId }) =>
    opened(socket, socket.subscribe(operation("RegistrationUpdated"), { eventId, after: 0 })),
  viewerRegistrationUpdated: async (socket) =>
    opened(socket, socket.subscribe(operation("ViewerRegistrationUpdated"), { after: 0 })),
  // Nothing has happened there that could be replayed.
  matchCreated: async (socket) => socket.subscribe(operation("MatchCreated"), { after: 0 }),
};

/** The operation, once its first event has come. */
async function opened(socket: Socket, id: string): Promise<string> {
  const frame = await socket.next(id, 10_000);
  expect(frame, JSON.stringify(frame)).toMatchObject({ type: "next" });
  return id;
}

/** When what has to end must have ended, if what ends it was answered now. */
export function soon(): number {
  return Date.now() + SOON_MS;
}

/** The frame with which an operation ends by then, and what came before it. */
export async function endOf(
  socket: Socket,
  id: string,
  by: number,
): Promise<{ end: Frame; before: Frame[] }> {
  const before: Frame[] = [];
  for (;;) {
    const frame = await socket.next(id, Math.max(1, by - Date.now()));
    if (frame.type !== "next") return { end: frame, before };
    before.push(frame);
  }
}

/** How a socket closes, which it must by then. */
export async function closeOf(socket: Socket, by: number): Promise<Closed> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(reject, by - Date.now(), new Error("the socket is open for too long"));
  });
  return Promise.race([socket.closed, late]).finally(() => clearTimeout(timer));
}

/** The `error` frame's first error; its words with the ids left out. */
export function refusalOf(frame: Frame): { readonly code: string; readonly words: string } {
  const [first] = frame.payload as {
    readonly message: string;
    readonly extensions: { readonly code: string };
  }[];
  const words = (first?.message ?? "").replaceAll(/"[^"]*"/g, "…");
  return { code: first?.extensions.code ?? frame.type, words };
}

/** A group of two that nobody else is in, for what must go on. */
export async function anotherGroup(one: TokenHolder, other: TokenHolder): Promise<string> {
  return aGroup(one, [other], newId());
}

/** Puts somebody out of the scene's group, or has them leave it. */
export async function goOut(how: "removed" | "leaves", { group, person, friend }: Scene) {
  if (how === "leaves") return mutate("LeaveConversation", person, { conversationId: group });
  return mutate("RemoveMember", friend, { conversationId: group, userId: person.id });
}
