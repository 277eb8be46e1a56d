// graphql-transport-ws as a server speaks it: a client is greeted, its messages are acted on, and
// what it may not say ends the conversation. It knows no WebSocket, and nothing of what runs.
// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
import { MessageType } from "graphql-ws";
import { CLOSINGS, type Closing, idInUse } from "./closings.ts";
import { type ClientMessage, CONNECTION_ACK, pongTo, readMessage } from "./messages.ts";
import { openOperations, type Runner, type Sender } from "./operations.ts";

/** What the greeting of a client carries. */
export type ConnectionParams = Readonly<Record<string, unknown>>;

/** The client at the other end. */
export interface Peer extends Sender {
  /** Ends the conversation too. */
  close(closing: Closing): void;
}

export interface Host extends Runner {
  /** How long a client may take to greet. */
  readonly greetingMs: number;
  /** Null for a client that is welcome. */
  greet(params: ConnectionParams): Promise<Closing | null>;
}

export interface Conversation {
  /** Resolves when all that the frame began is over. Rejects for a bug alone. */
  receive(frame: string): Promise<void>;
  /** Closes behind the answers that are under way and the last words of streams that end. */
  finish(closing: Closing): Promise<void>;
  /** Ends every operation; nothing more is said. */
  end(): void;
}

/** Begins a conversation: the time to greet runs from now on. */
export function converse(peer: Peer, host: Host): Conversation {
  const operations = openOperations(host, peer);
  const underWay = new Set<Promise<void>>();
  let greeting: "awaited" | "judged" | "returned" = "awaited";
  const waiting = setTimeout(() => peer.close(CLOSINGS.notGreeted), host.greetingMs);

  async function greet(params: ConnectionParams): Promise<void> {
    if (greeting !== "awaited") return peer.close(CLOSINGS.greetedTwice);
    greeting = "judged";
    clearTimeout(waiting);
    const refusal = await host.greet(params);
    if (refusal) return peer.close(refusal);
    greeting = "returned";
    peer.send(CONNECTION_ACK);
  }

  async function act(message: ClientMessage): Promise<void> {
    switch (message.type) {
      case MessageType.ConnectionInit:
        return greet(message.payload ?? {});
      case MessageType.Ping: {
        const pong = pongTo(message);
        return pong === null ? peer.close(CLOSINGS.invalidMessage) : peer.send(pong);
      }
      case MessageType.Subscribe:
        if (greeting !== "returned") return peer.close(CLOSINGS.unauthorized);
        if (operations.has(message.id)) return peer.close(idInUse(message.id));
        return operations.start(message);
      case MessageType.Complete:
        return operations.cancel(message.id);
      case MessageType.Pong:
        return host.acknowledgements()?.pong(message.payload);
    }
  }

  async function refuse(): Promise<void> {
    peer.close(CLOSINGS.invalidMessage);
  }

  return {
    // Not async: the frame would be kept for as long as a stream that it began.
    receive(frame) {
      const message = readMessage(frame);
      const acted = message ? act(message) : refuse();
      underWay.add(acted);
      return acted.finally(() => underWay.delete(acted));
    },
    async finish(closing) {
      await Promise.allSettled(underWay);
      peer.close(closing);
    },
    end() {
      clearTimeout(waiting);
      operations.cancelAll();
    },
  };
}
