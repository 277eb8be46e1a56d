// Operations over HTTP: one POST each, by id. It neither repeats nor authenticates.
import { type GraphError, graphErrorOf, NetworkError, type RawError } from "./errors.ts";
import type { Operation } from "./operation.ts";
import { type Clock, type Fetch, newAbort } from "./platform.ts";

export interface Answer<Data> {
  /** Absent when the router refused the request before it ran anything. */
  readonly data?: Data | null;
  readonly errors?: readonly RawError[];
}

export interface Payload {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** As far as sending goes. */
export type SentOperation = Pick<Operation<unknown, never>, "id" | "text">;

/** How documents are sent: by id, or by text to a router that does not know the ids. */
export interface Documents {
  payload(operation: SentOperation, variables: object): Payload;
  /** Whether what was sent should be sent again, now by text. */
  isUnknown(sent: Payload, errors: readonly RawError[] | undefined): boolean;
}

const UNKNOWN = ["PERSISTED_QUERY_NOT_FOUND", "PERSISTED_QUERY_NOT_SUPPORTED"];

/** Without `texts`, an id that the router does not know stays an error. */
export function createDocuments(texts?: Readonly<Record<string, string>>): Documents {
  let isByText = false;
  return {
    payload({ id, text: own }, variables) {
      const sent = { ...variables };
      const text = own ?? (isByText ? texts?.[id] : undefined);
      if (text !== undefined) return { query: text, variables: sent };
      const persistedQuery = { version: 1, sha256Hash: id };
      return { query: "", variables: sent, extensions: { persistedQuery } };
    },
    isUnknown({ query }, errors) {
      const code = errors?.[0]?.extensions?.code;
      if (query !== "" || !texts || !UNKNOWN.includes(String(code))) return false;
      isByText = true;
      return true;
    },
  };
}

export interface PostOptions {
  readonly signal?: AbortSignal | undefined;
  /** The browser finishes the request if the page is closed meanwhile. */
  readonly outlivesPage?: boolean | undefined;
  /** Instead of the client's. */
  readonly timeoutMs?: number | undefined;
}

export interface Http {
  /** Rejects with `NetworkError` when there is no answer; errors in an answer are returned. */
  post<Data, Variables extends object>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    token?: string | null,
    options?: PostOptions,
  ): Promise<Answer<Data>>;
  /** Deletes what is at the address. Rejects with `NetworkError` unless that is done. */
  delete(): Promise<void>;
}

export interface HttpOptions {
  readonly url: string;
  /** Sends and takes the cookies of our own origin. */
  readonly hasCookie?: boolean;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly documents: Documents;
  /** A request without an answer by then counts as lost. */
  readonly timeoutMs: number;
}

export function createHttp(options: HttpOptions): Http {
  const { url, fetch, documents, hasCookie = false } = options;
  const credentials = hasCookie && ({ credentials: "same-origin" } as const);
  async function send(
    payload: Payload,
    token: string | null,
    { signal: given, outlivesPage = false, timeoutMs = options.timeoutMs }: PostOptions,
  ): Promise<Answer<unknown>> {
    const { query, ...rest } = payload;
    return inTime({ ...options, timeoutMs }, given, async (signal) => {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(token !== null && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(query === "" ? rest : payload),
        ...credentials,
        signal,
        ...(outlivesPage && { keepalive: true }),
      });
      const answer = await response.json();
      if (!isAnswer(answer)) throw new Error(`HTTP ${response.status} without a GraphQL answer`);
      return answer;
    });
  }
  return {
    async post<Data, Variables extends object>(
      operation: Operation<Data, Variables>,
      variables: Variables,
      token: string | null = null,
      options: PostOptions = {},
    ) {
      const sendOnce = (payload: Payload) => send(payload, token, options);
      const payload = documents.payload(operation, variables);
      const answer = await sendOnce(payload);
      const isUnknown = documents.isUnknown(payload, answer.errors);
      const last = isUnknown ? await sendOnce(documents.payload(operation, variables)) : answer;
      return last as Answer<Data>;
    },
    delete: () =>
      inTime(options, undefined, async (signal) => {
        const init = { method: "DELETE", headers: {}, ...credentials, signal } as const;
        const { status } = await fetch(url, init);
        if (status >= 300) throw new Error(`HTTP ${status}`);
      }),
  };
}

/** Ends the request when its time is over: browsers have few connections to a server. */
async function inTime<Result>(
  { clock, timeoutMs }: Pick<HttpOptions, "clock" | "timeoutMs">,
  given: AbortSignal | undefined,
  request: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  let cancel = () => {};
  const ending = newAbort();
  const end = () => ending.abort((given as { readonly reason?: unknown } | undefined)?.reason);
  if (given?.aborted) end();
  given?.addEventListener?.("abort", end);
  const timeout = new Promise<never>((_, reject) => {
    cancel = clock.after(timeoutMs, () => {
      reject(new Error(`no answer within ${timeoutMs} ms`));
      ending.abort();
    });
  });
  try {
    return await Promise.race([request(ending.signal), timeout]);
  } catch (cause) {
    throw new NetworkError(cause);
  } finally {
    cancel();
    given?.removeEventListener?.("abort", end);
  }
}

function isAnswer(value: unknown): value is Answer<unknown> {
  return typeof value === "object" && value !== null && ("data" in value || "errors" in value);
}

/** The data of an answer without errors. Throws the first error otherwise. */
export function dataOf<Data>({ data, errors }: Answer<Data>): Data {
  const error: GraphError | null = errors?.length ? graphErrorOf(errors) : null;
  if (error) throw error;
  if (data === undefined || data === null)
    throw new Error("The answer has neither data nor errors.");
  return data;
}
