// Lets clients ask over a socket for a document by its id alone. graphql-ws demands a text in every
// `subscribe`, so an empty one stands in for it on the way through.
import type { Server as ProtocolServer } from "graphql-ws";
import type { SocketExtra } from "./socket.ts";

/** The same protocol, for `subscribe` frames with a persisted query and no text too. */
export function acceptingIds(protocol: ProtocolServer<SocketExtra>): ProtocolServer<SocketExtra> {
  return {
    opened: (socket, extra) =>
      protocol.opened(
        {
          ...socket,
          onMessage: (handle) => socket.onMessage((frame) => handle(withText(frame))),
        },
        extra,
      ),
  };
}

/** True for a text that only stands in for one. */
export function isStandIn(query: string, extensions: unknown): boolean {
  return query === "" && isObject(extensions) && Boolean(extensions.persistedQuery);
}

/** Frames that ask for nothing by id, which are most, are not even parsed here. */
function withText(frame: string): string {
  if (!frame.includes('"persistedQuery"')) return frame;
  try {
    const message: unknown = JSON.parse(frame);
    if (!isObject(message) || !isObject(message.payload)) return frame;
    const { payload } = message;
    const query = "";
    if ("query" in payload || !isStandIn(query, payload.extensions)) return frame;
    return JSON.stringify({ ...message, payload: { ...payload, query } });
  } catch {
    return frame;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
