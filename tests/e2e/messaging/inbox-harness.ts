// Opens inboxes on sockets, and reads their events.
import { expect } from "vitest";
import { withDatabase } from "../../kit/database.ts";
import type { Frame, Socket } from "../../kit/socket.ts";
import { type Event, withoutNames } from "./harness.ts";

export interface InboxEvent extends Event {
  readonly streamId: string;
  readonly conversationId?: string;
  readonly conversation?: { readonly id: string; readonly unreadCount: number } | null;
  readonly readSeq?: number;
  /** Of an `InboxOpened`. */
  readonly positions?: readonly Position[];
}

export interface Position {
  readonly streamId: string;
  readonly seq: number;
}

export const INBOX = withoutNames("InboxEvents");

/** Opens an inbox without positions, and returns the positions of its first event. */
export async function openAtHeads(socket: Socket) {
  const id = openInbox(socket);
  const [opened] = await receive(socket, id, 1);
  expect(opened).toMatchObject({ __typename: "InboxOpened", positions: expect.anything() });
  expect(opened?.prevSeq).toBe(opened?.seq);
  return { id, positions: opened?.positions ?? [] };
}

/** Opens the inbox of the socket's viewer. */
export function openInbox(socket: Socket, after?: readonly Position[]): string {
  return socket.subscribe(INBOX, { after });
}

/** The next `count` events. */
export async function receive(socket: Socket, id: string, count: number): Promise<InboxEvent[]> {
  const events: InboxEvent[] = [];
  while (events.length < count) {
    const { inboxEvents } = await socket.event<{ inboxEvents: InboxEvent }>(id);
    events.push(inboxEvents);
  }
  return events;
}

/** The seqs of each stream in their order of arrival. Fails on gaps and repeats. */
export function chainsOf(events: readonly InboxEvent[]): Record<string, number[]> {
  const chains: Record<string, number[]> = {};
  for (const { streamId, seq, prevSeq } of events) {
    const chain = chains[streamId] ?? [];
    chains[streamId] = chain;
    expect(prevSeq).toBe(chain.at(-1) ?? seq - 1);
    chain.push(seq);
  }
  return chains;
}

/** The last position of each stream. */
export function positionsOf(events: readonly InboxEvent[]): Position[] {
  return Object.entries(chainsOf(events)).map(([streamId, seqs]) => ({
    streamId,
    seq: seqs.at(-1) ?? 0,
  }));
}

export const conversation = (id: string) => `conversation:${id}`;
export const person = (id: string) => `person:${id}`;

/** The stored marks of a subscriber, by stream. */
export async function marksOf(subscriberId: string): Promise<Record<string, number>> {
  return withDatabase("messaging", async (client) => {
    const { rows } = await client.query<{ stream: string; seq: number }>(
      "select stream_id as stream, seq from subscriber_mark where subscriber_id = $1",
      [subscriberId],
    );
    return Object.fromEntries(rows.map(({ stream, seq }) => [stream, seq]));
  });
}

/** The code of an `error` frame, and its facts. */
export function refusalIn(frame: Frame): Record<string, unknown> {
  const [first] = frame.payload as { readonly extensions: Record<string, unknown> }[];
  return first?.extensions ?? {};
}
