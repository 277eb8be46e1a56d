// Asks what a case asks, and brings the answer and what the case expects into one form. It compares
// nothing.
import { connect } from "../../kit/socket.ts";
import type { ComposedGraph } from "./composed.ts";
import type { Case, ExpectedError } from "./feature.ts";
import type { ServedSubgraph } from "./subgraph.ts";

/** What a case sends. */
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

/** Asks over HTTP. */
export const overHttp: Asking = async ({ url }, { query, operationName, variables }) => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, operationName, variables }),
  });
  return { status: response.status, ...((await response.json()) as object) };
};

/** Asks over a socket of its own; an answer there has no status, and 200 stands for one. */
export const overSocket: Asking = async ({ url }, { query, operationName, variables }) => {
  const socket = await connect({ url });
  const payload = { query, operationName, variables };
  socket.send({ id: "asked", type: "subscribe", payload });
  const { type, payload: answer } = await socket.next("asked");
  socket.close();
  if (type === "error") return { status: 400, errors: answer as readonly AnsweredError[] };
  return { status: 200, ...(answer as object) };
};

/** Asks while the subgraphs that a question speaks of are broken. */
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

/** The whole answer to a case, and what the subgraphs were asked that it speaks of. */
export async function answerTo(graph: ComposedGraph, each: Case) {
  const { asked, refused } = each;
  for (const subgraph of Object.values(graph.subgraphs)) subgraph.takeAsked();
  const { status, data, errors, ...others } = await answerOf(graph, each);
  const seen = Object.keys(asked ?? {}).map((name) => [name, countsOf(servedBy(graph, name))]);
  return {
    status,
    data,
    ...(refused
      ? { refused: errors?.map(codeOf) }
      : { errors: errors && inOrder(errors.map(seenError)) }),
    ...others,
    ...(asked && { asked: Object.fromEntries(seen) }),
  };
}

function servedBy({ subgraphs }: ComposedGraph, name: string): ServedSubgraph {
  const subgraph = subgraphs[name];
  if (!subgraph) throw new Error(`there is no subgraph ${name}`);
  return subgraph;
}

function countsOf(subgraph: ServedSubgraph): number[] {
  return subgraph.takeAsked().map(({ variables: given }) => given?.representations?.length ?? 0);
}

export function expected({ data, errors, refused, asked }: Case) {
  return {
    status: refused ? 400 : 200,
    data,
    ...(refused ? { refused } : { errors: errors && inOrder(errors) }),
    ...(asked && { asked }),
  };
}

const codeOf = ({ extensions }: AnsweredError) => extensions?.code;

/** Where in the document it was raised is for people; the trace is another one each time. */
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

/** Whether a subgraph answers with a text that is written down, whatever it is asked. */
export function isWritten({ broken = {} }: Question): boolean {
  return Object.values(broken).some((breakage) => breakage !== "away");
}
