// Sends the operation of a case, and converts the answer and the expected one to the same form. It
// compares nothing.
import { connect } from "../../kit/socket.ts";
import type { ComposedGraph } from "./composed.ts";
import type { Case, ExpectedError } from "./feature.ts";
import type { ServedSubgraph } from "./subgraph.ts";

/** The request of a case. */
export type Question = Pick<Case, "query" | "operationName" | "variables" | "broken">;

export interface Answer {
  readonly status: number;
  readonly data?: unknown;
  readonly errors?: readonly AnsweredError[];
  readonly extensions?: unknown;
}

interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly traceId?: string };
}

type Asking = (graph: ComposedGraph, question: Question) => Promise<Answer>;

/** Sends an operation over HTTP. */
export const overHttp: Asking = async ({ url }, { query, operationName, variables }) => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, operationName, variables }),
  });
  return { status: response.status, ...((await response.json()) as object) };
};

/** Sends an operation over a new socket. The status of its answer is always 200. */
export const overSocket: Asking = async ({ url }, { query, operationName, variables }) => {
  const socket = await connect({ url });
  const payload = { query, operationName, variables };
  socket.send({ id: "it", type: "subscribe", payload });
  const { type, payload: answer } = await socket.next("it");
  socket.close();
  if (type === "error") return { status: 400, errors: answer as readonly AnsweredError[] };
  return { status: 200, ...(answer as object) };
};

/** Sends an operation while the subgraphs that the case names are broken. */
export async function answerOf(
  graph: ComposedGraph,
  question: Question,
  asking: Asking = overHttp,
): Promise<Answer> {
  for (const [name, breakage] of Object.entries(question.broken ?? {})) {
    await servedBy(graph, name).breakWith(breakage);
  }
  try {
    return await asking(graph, question);
  } finally {
    await Promise.all(
      Object.keys(question.broken ?? {}).map((name) => servedBy(graph, name).mend()),
    );
  }
}

/** The whole answer to a case, and the requests of the subgraphs that it names. */
export async function answerTo(graph: ComposedGraph, each: Case) {
  const { fetches, refused } = each;
  for (const subgraph of Object.values(graph.subgraphs)) subgraph.takeRequests();
  const { status, data, errors, ...others } = await answerOf(graph, each);
  const seen = Object.keys(fetches ?? {}).map((name) => [name, countsOf(servedBy(graph, name))]);
  return {
    status,
    data,
    ...(refused
      ? { refused: errors?.map(codeOf) }
      : { errors: errors && inOrder(errors.map(seenError)) }),
    ...others,
    ...(fetches && { fetches: Object.fromEntries(seen) }),
  };
}

function servedBy({ subgraphs }: ComposedGraph, name: string): ServedSubgraph {
  const subgraph = subgraphs[name];
  if (!subgraph) throw new Error(`there is no subgraph ${name}`);
  return subgraph;
}

function countsOf(subgraph: ServedSubgraph): number[] {
  return subgraph.takeRequests().map(({ variables: given }) => given?.representations?.length ?? 0);
}

export function expected({ data, errors, refused, fetches }: Case) {
  return {
    status: refused ? 400 : 200,
    data,
    ...(refused ? { refused } : { errors: errors && inOrder(errors) }),
    ...(fetches && { fetches }),
  };
}

const codeOf = ({ extensions }: AnsweredError) => extensions?.code;

/** Without the locations, which are for people, and the trace id, which differs each time. */
export function seenError({ message, path, extensions = {} }: AnsweredError): ExpectedError {
  const { code = "no code", traceId: _, ...facts } = extensions;
  return { message, code, ...(path && { path }), ...facts };
}

export function inOrder(errors: readonly ExpectedError[]): ExpectedError[] {
  const keyOf = ({ path, message }: ExpectedError) => JSON.stringify([path, message]);
  return [...errors].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** As text, because the order of fields is part of an answer, and `__proto__` may be one. */
export function textOf(answer: unknown): string {
  return JSON.stringify(answer, null, 1);
}

/** Whether a subgraph has a fixed answer to every request. */
export function isWritten({ broken = {} }: Question): boolean {
  return Object.values(broken).some((breakage) => breakage !== "away");
}
