// A feature of federation: small subgraphs, and operations with the answers that the specifications
// require, written by hand. It runs nothing.
import { MASKED_MESSAGE } from "../../../kit/errors.ts";
import type { Breakage, Subgraph } from "./subgraph.ts";

export interface Feature {
  readonly name: string;
  readonly subgraphs: Readonly<Record<string, Subgraph>>;
  /** By guarantee. */
  readonly cases: Readonly<Record<string, Case>>;
}

export interface Case {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Subgraphs that give another answer than their resolvers'. */
  readonly broken?: Readonly<Record<string, Breakage>>;
  /** The whole data, in its required order. Absent if nothing runs. */
  readonly data?: unknown;
  /** In any order. */
  readonly errors?: readonly ExpectedError[];
  /** The codes with which an operation is refused before anything runs. */
  readonly refused?: readonly string[];
  /** For each request to a subgraph, the number of its entities. 0: root fields. */
  readonly fetches?: Readonly<Record<string, readonly number[]>>;
  /** The type of some objects cannot be resolved, so `__typename` must not be added. */
  readonly isTypeless?: true;
  /** The reason why the current router fails this case. It must fail while this is set. */
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

/** An unexpected error, whose text is masked. */
export function unforeseen(...path: Path): ExpectedError {
  const error = { message: MASKED_MESSAGE, code: "INTERNAL_SERVER_ERROR" };
  return path.length > 0 ? { ...error, path } : error;
}

/** The error of a field of a dead subgraph. */
export function unavailable(...path: Path): ExpectedError {
  const message = "A part of the graph does not answer; try again.";
  return { message, code: "SUBGRAPH_UNAVAILABLE", path };
}

/** A fixed answer of a subgraph that its resolvers would never give. */
export function answering(body: unknown, status = 200): Breakage {
  return { status, body: typeof body === "string" ? body : JSON.stringify(body) };
}
