// The sockets on which a subgraph serves subscriptions. A router may disconnect at any moment, even
// in the middle of a frame.
import { WebSocket } from "ws";
import { NESTING_MAX, nestingOfText } from "#kit/input/nesting";

type Data = Parameters<WebSocket["send"]>[0];
/** As graphql-transport-ws defines it. */
const INVALID_MESSAGE = { code: 4400, reason: "Invalid message received" };

type OnSent = (error?: Error) => void;

/**
 * Ignores errors of `send`: the socket closes by itself, and graphql-ws would print them past the
 * log. Closes the socket at a message nested too deeply, which graphql-ws could not serialize
 * again as the payload of a pong.
 */
export class Receiver extends WebSocket {
  override emit(event: string | symbol, ...values: unknown[]): boolean {
    if (event !== "message" || nestingOfText(String(values[0])) <= NESTING_MAX) {
      return super.emit(event, ...values);
    }
    this.close(INVALID_MESSAGE.code, INVALID_MESSAGE.reason);
    return true;
  }

  override send(data: Data, optionsOrSent?: object | OnSent, onSent?: OnSent): void {
    const isShort = typeof optionsOrSent === "function";
    const sent = isShort ? (optionsOrSent as OnSent) : onSent;
    super.send(data, isShort || !optionsOrSent ? {} : optionsOrSent, () => sent?.());
  }
}
