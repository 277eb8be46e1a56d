// Runs one operation of a live mode on its own socket, until it ends or the socket breaks.
import { connectToSubgraph, type Payload, type SubgraphSocket } from "../../kit/subgraph-socket.ts";

/** The live extension of an event of a feed. */
export interface Frame {
  readonly position: number;
  readonly previous?: number;
  readonly revoked?: readonly string[];
}

/** The value of `extensions.live` of any frame. */
export interface Live extends Partial<Frame> {
  readonly opened?: number;
  readonly more?: boolean;
  readonly last?: boolean;
}

interface Listening {
  cancel(): void;
  isCancelled(): boolean;
  /** The error code of the end. Null if the operation completed. */
  readonly finished: Promise<string | null>;
}

/** Starts an operation. `onFrame` gets `extensions.live` of each frame. */
export function listen(
  url: string,
  request: Parameters<SubgraphSocket["subscribe"]>[0],
  onFrame: (live: Live) => void,
): Listening {
  let socket: SubgraphSocket | undefined;
  let isCancelled = false;
  const run = async (): Promise<string | null> => {
    socket = await connectToSubgraph(url);
    const id = await socket.subscribe(request);
    for (;;) {
      const { type, payload } = await socket.next(id, 60_000);
      if (isCancelled || type === "complete") return null;
      if (type === "error") return codeOf(payload);
      const { errors, extensions } = payload as Payload;
      if (errors) throw new Error(`an event failed: ${JSON.stringify(errors)}`);
      onFrame((extensions?.live ?? {}) as Live);
    }
  };
  const finished = run()
    // The socket broke, or could not be opened.
    .catch(() => "SUBGRAPH_UNAVAILABLE")
    .finally(() => socket?.close());
  return {
    finished,
    isCancelled: () => isCancelled,
    cancel() {
      isCancelled = true;
      socket?.close();
    },
  };
}

function codeOf(payload: unknown): string {
  const [first] = payload as readonly { readonly extensions: { readonly code: string } }[];
  return first?.extensions.code ?? "";
}
