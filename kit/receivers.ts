// The sockets on which a subgraph serves subscriptions, whose receivers may vanish at any moment,
// in the midst of a frame too.
import { WebSocket } from "ws";

type Data = Parameters<WebSocket["send"]>[0];
type OnSent = (error?: Error) => void;

/**
 * A socket whose receiver is gone takes frames, as a closed one does: it closes by itself. What
 * could not be written would otherwise be printed by graphql-ws, past the log.
 */
export class Receiver extends WebSocket {
  override send(data: Data, optionsOrSent?: object | OnSent, onSent?: OnSent): void {
    const isShort = typeof optionsOrSent === "function";
    const sent = isShort ? (optionsOrSent as OnSent) : onSent;
    super.send(data, isShort || !optionsOrSent ? {} : optionsOrSent, () => sent?.());
  }
}
