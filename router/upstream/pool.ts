// The HTTP connections to one subgraph, kept alive and shared by everything that asks it.
import { Pool } from "undici";

export interface SubgraphPool {
  readonly name: string;
  readonly url: URL;
  /** Sends one GraphQL request and reads the whole answer, whatever its status. */
  post(
    body: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<{ readonly status: number; readonly text: string }>;
  /** Rejects unless the subgraph's `/readyz`, beside its GraphQL address, answers 200. */
  ready(): Promise<void>;
  /** Ends when the last request is answered. */
  close(): Promise<void>;
}

const CONNECTIONS_MAX = 128;
const CONNECT_TIMEOUT_MS = 2_000;
const READY_TIMEOUT_MS = 1_500;
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/** A pool that connects when it is first used. Time limits are the caller's, by `signal`. */
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
    async post(body, headers, signal) {
      const answer = await pool.request({ method: "POST", path, headers, body, signal });
      return { status: answer.statusCode, text: await answer.body.text() };
    },
    async ready() {
      const signal = AbortSignal.timeout(READY_TIMEOUT_MS);
      const { statusCode, body } = await pool.request({ method: "GET", path: readyPath, signal });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${name} answered ${statusCode}`);
    },
    close: () => pool.close(),
  };
}
