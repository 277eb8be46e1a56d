// Opens everything that a person can watch, waits until it is open, and measures how soon it ends.
import { expect } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { aGroup, aMessage, mutate, watch } from "../e2e/messaging/harness.ts";
import { openAtHeads } from "../e2e/messaging/inbox-harness.ts";
import { listenForSignals } from "../e2e/messaging/signal-listeners.ts";
import type { Closed, Frame, Socket } from "../kit/socket.ts";
import { anEvent, aRegistration, type TokenHolder, tokenHolders } from "../kit/stories.ts";

/** A stream must end this soon after the operation that ends it was answered. */
const SOON_MS = 1_000;

/** The objects that one person can watch. */
export interface Scene {
  readonly person: TokenHolder;
  readonly friend: TokenHolder;
  readonly group: string;
  readonly eventId: string;
  /** Members of the group who type, so that signals arrive. */
  readonly typists: readonly TokenHolder[];
}

/** A group with a message, and an event of the person with a registration. */
export async function aScene(person: TokenHolder): Promise<Scene> {
  const [friend, ...typists] = await tokenHolders(25);
  const group = await aGroup(friend, [person, ...typists]);
  await aMessage(friend, group, "welcome");
  const eventId = await anEvent(person.token);
  await aRegistration(person.token, eventId);
  return { person, friend, group, eventId, typists };
}

/** Every subscription, by name. */
export const WATCHED: Record<string, (socket: Socket, scene: Scene) => Promise<string>> = {
  // First, because nothing shows when it is open: there is nothing to replay.
  matchCreated: async (socket) => socket.subscribe(operation("MatchCreated"), { after: 0 }),
  notificationUpdated: async (socket) =>
    socket.subscribe(operation("NotificationUpdated"), { after: 0 }),
  conversationEvents: async (socket, { group }) => opened(socket, watch(socket, group, 0)),
  inboxEvents: async (socket) => (await openAtHeads(socket)).id,
  signals: (socket, { group, typists }) => listenForSignals(socket, group, typists),
  registrationUpdated: async (socket, { eventId }) =>
    opened(socket, socket.subscribe(operation("RegistrationUpdated"), { eventId, after: 0 })),
  viewerRegistrationUpdated: async (socket) =>
    opened(socket, socket.subscribe(operation("ViewerRegistrationUpdated"), { after: 0 })),
};

/** Returns the operation's id after its first event. */
async function opened(socket: Socket, id: string): Promise<string> {
  const frame = await socket.next(id, 10_000);
  expect(frame, JSON.stringify(frame)).toMatchObject({ type: "next" });
  return id;
}

/** The time by which streams must have ended, if the operation was answered now. */
export function soon(): number {
  return Date.now() + SOON_MS;
}

/** The last frame of an operation, which must arrive by then, and the frames before it. */
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

/** The close of a socket, which must happen by then. */
export async function closeOf(socket: Socket, by: number): Promise<Closed> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(reject, by - Date.now(), new Error("the socket is open for too long"));
  });
  return Promise.race([socket.closed, late]).finally(() => clearTimeout(timer));
}

/** The first error of an `error` frame: its code, and its text without ids. */
export function refusalOf(frame: Frame): { readonly code: string; readonly words: string } {
  const [first] = frame.payload as {
    readonly message: string;
    readonly extensions: { readonly code: string };
  }[];
  const words = (first?.message ?? "").replaceAll(/"[^"]*"/g, "…");
  return { code: first?.extensions.code ?? frame.type, words };
}

/** A group of two, whose streams must go on. */
export async function anotherGroup(one: TokenHolder, other: TokenHolder): Promise<string> {
  return aGroup(one, [other], newId());
}

/** Removes the person from the scene's group, or makes them leave it. */
export async function goOut(how: "removed" | "leaves", { group, person, friend }: Scene) {
  if (how === "leaves") return mutate("LeaveConversation", person, { conversationId: group });
  return mutate("RemoveMember", friend, { conversationId: group, userId: person.id });
}
