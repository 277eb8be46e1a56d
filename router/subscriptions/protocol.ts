// The server side of graphql-transport-ws for one client: it acts on messages, and closes the
// connection for a breach of the protocol. It knows neither WebSockets nor how operations run.
// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
import { MessageType } from "graphql-ws";
import { CLOSINGS, type Closing, idInUse } from "./closings.ts";
import { type ClientMessage, CONNECTION_ACK, pongTo, readMessage } from "./messages.ts";
import { openOperations, type Runner, type Sender } from "./operations.ts";

/** The payload of `connection_init`. */
export type ConnectionParams = Readonly<Record<string, unknown>>;

/** The client at the other end. */
export interface Peer extends Sender {
  /** Ends the connection too. */
  close(closing: Closing): void;
}

export interface Host extends Runner {
  /** How long a client may take to send `connection_init`. */
  readonly greetingMs: number;
  /** Null to accept the client. */
  init(params: ConnectionParams): Promise<Closing | null>;
}

export interface Connection {
  /** Resolves when everything that the frame began is over. Rejects only for a bug. */
  receive(frame: string): Promise<void>;
  /** Closes behind the answers under way and the last frames of streams that end. */
  finish(closing: Closing): Promise<void>;
  /** Ends every operation; nothing more is sent. */
  end(): void;
}

/** Opens a connection: the time for `connection_init` runs from now on. */
export function openConnection(peer: Peer, host: Host): Connection {
  const operations = openOperations(host, peer);
  const underWay = new Set<Promise<void>>();
  let state: "awaiting init" | "checking" | "acknowledged" = "awaiting init";
  const timer = setTimeout(() => peer.close(CLOSINGS.initTimeout), host.greetingMs);

  async function init(params: ConnectionParams): Promise<void> {
    if (state !== "awaiting init") return peer.close(CLOSINGS.tooManyInits);
    state = "checking";
    clearTimeout(timer);
    const refusal = await host.init(params);
    if (refusal) return peer.close(refusal);
    state = "acknowledged";
    peer.send(CONNECTION_ACK);
  }

  async function act(message: ClientMessage): Promise<void> {
    switch (message.type) {
      case MessageType.ConnectionInit:
        return init(message.payload ?? {});
      case MessageType.Ping: {
        const pong = pongTo(message);
        return pong === null ? peer.close(CLOSINGS.invalidMessage) : peer.send(pong);
      }
      case MessageType.Subscribe:
        if (state !== "acknowledged") return peer.close(CLOSINGS.unauthorized);
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
    // Not async: an async function would keep the frame for as long as a stream that it began.
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
      clearTimeout(timer);
      operations.cancelAll();
    },
  };
}
