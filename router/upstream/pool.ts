// The HTTP connections to one subgraph, kept alive and shared by all fetches.
import { type Dispatcher, Pool } from "undici";

export interface SubgraphPool {
  readonly name: string;
  readonly url: URL;
  /** Sends one GraphQL request and reads the whole response, whatever its status. */
  post(body: string, headers: Readonly<Record<string, string>>): Exchange;
  /** Rejects unless the subgraph's `/readyz`, beside its GraphQL address, answers 200. */
  ready(): Promise<void>;
  /** Ends when the last request is answered. */
  close(): Promise<void>;
}

/** A request in flight. */
export interface Exchange {
  readonly answer: Promise<RawAnswer>;
  /** Aborts it: its answer rejects, if there is none yet. */
  abort(): void;
}

/** A response as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

const CONNECTIONS_MAX = 128;
const CONNECT_TIMEOUT_MS = 2_000;
const READY_TIMEOUT_MS = 1_500;
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/** A pool that connects with the first request. Only connecting has a time limit: callers abort. */
export function createSubgraphPool(name: string, url: URL): SubgraphPool {
  const pool = new Pool(url.origin, {
    connections: CONNECTIONS_MAX,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    maxResponseSize: ANSWER_BYTES_MAX,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const path = url.pathname + url.search;
  const readyPath = new URL("readyz", url).pathname;
  return {
    name,
    url,
    post: (body, headers) => exchange(pool, { method: "POST", path, headers, body }),
    async ready() {
      const signal = AbortSignal.timeout(READY_TIMEOUT_MS);
      const { statusCode, body } = await pool.request({ method: "GET", path: readyPath, signal });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${name} answered ${statusCode}`);
    },
    close: () => pool.close(),
  };
}

function exchange(pool: Pool, request: Dispatcher.DispatchOptions): Exchange {
  let abort = () => {};
  const answer = new Promise<RawAnswer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    let controller: Dispatcher.DispatchController | undefined;
    let isAborted = false;
    const end = (own: Dispatcher.DispatchController) => own.abort(new Error("aborted"));
    abort = () => {
      isAborted = true;
      if (controller) end(controller);
      reject(new Error("aborted"));
    };
    pool.dispatch(request, {
      onRequestStart(own) {
        controller = own;
        // The request was aborted while it waited for a connection.
        if (isAborted) end(own);
      },
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd: () => resolve({ status, text: Buffer.concat(chunks).toString() }),
      onResponseError: (_controller, error) => reject(error),
    });
  });
  return { answer, abort: () => abort() };
}
