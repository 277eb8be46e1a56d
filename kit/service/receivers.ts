// The sockets on which a subgraph serves subscriptions, whose receivers may vanish at any moment,
// in the midst of a frame too.
import { WebSocket } from "ws";
import { NESTING_MAX, nestingOfText } from "#kit/input/nesting";

type Data = Parameters<WebSocket["send"]>[0];
/** As graphql-transport-ws has it. */
const INVALID_MESSAGE = { code: 4400, reason: "Invalid message received" };

type OnSent = (error?: Error) => void;

/**
 * A socket whose receiver is gone takes frames, as a closed one does: it closes by itself. What
 * could not be written would otherwise be printed by graphql-ws, past the log. So would be what is
 * nested too deeply to be written again, as the payload of a ping: who says it is closed.
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
