// What a feature of federation is here: small subgraphs, and operations with the answers that the
// specifications demand, written by hand. It runs nothing.
import { MASKED_MESSAGE } from "../../../kit/errors.ts";
import type { Breakage, Subgraph } from "./subgraph.ts";

export interface Feature {
  readonly name: string;
  readonly subgraphs: Readonly<Record<string, Subgraph>>;
  /** By what each guarantees. */
  readonly cases: Readonly<Record<string, Case>>;
}

export interface Case {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Subgraphs that answer something else than they would. */
  readonly broken?: Readonly<Record<string, Breakage>>;
  /** The whole of it, in the order in which it must come. Absent where nothing runs. */
  readonly data?: unknown;
  /** In any order. */
  readonly errors?: readonly ExpectedError[];
  /** The codes with which an operation is refused before anything runs. */
  readonly refused?: readonly string[];
  /** For each request to a subgraph, how many entities it asked for; 0: root fields. */
  readonly asked?: Readonly<Record<string, readonly number[]>>;
  /** Nobody can tell the type of some of its objects: asking for that is another question. */
  readonly isTypeless?: true;
  /** Why the router of today answers something else, which it must as long as this says so. */
  readonly fails?: string;
}

export type Path = readonly (string | number)[];

export interface ExpectedError {
  readonly message: string;
  readonly code: string;
  readonly path?: Path;
}

/** An error that a subgraph raised with a code that clients may see. */
export function failed(code: string, message: string, path: Path): ExpectedError {
  return { message, code, path };
}

/** An error that nobody foresaw: its text stays inside. */
export function unforeseen(...path: Path): ExpectedError {
  const error = { message: MASKED_MESSAGE, code: "INTERNAL_SERVER_ERROR" };
  return path.length > 0 ? { ...error, path } : error;
}

/** What was asked of a subgraph that gave no answer. */
export function unavailable(...path: Path): ExpectedError {
  const message = "A part of the graph does not answer; try again.";
  return { message, code: "SUBGRAPH_UNAVAILABLE", path };
}

/** An answer of a subgraph that its resolvers would never give. */
export function answering(body: unknown, status = 200): Breakage {
  return { status, body: typeof body === "string" ? body : JSON.stringify(body) };
}
