// The router's requests to subgraphs for one operation, and the number of SQL statements of each
// answer. They are read from the subgraphs' logs, by trace id.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { traceparentOf } from "../../kit/service/trace.ts";
import { subgraphNames } from "../../local/project.ts";
import { type AskOptions, dataOf } from "./client.ts";
import { stack } from "./stack.ts";

/** One request of the router to a subgraph. */
export interface Call {
  readonly subgraph: string;
  /** Its root fields: `_entities` for an entity fetch. */
  readonly fields: readonly string[];
  readonly statements: number;
}

interface Line extends Omit<Call, "subgraph"> {
  readonly name: string;
  readonly traceId: string;
  readonly msg: string;
}

export interface Traced<Data> {
  readonly data: Data;
  /** Sorted by subgraph, fields and statements. */
  readonly calls: readonly Call[];
}

/** The logs so far of subgraphs that are not the stack's, by name. */
type OwnLogs = Readonly<Record<string, () => string>>;

/**
 * Runs an operation that needs all subgraphs, at the first replicas, and returns its data and its
 * calls. It is sent a second time: a log with lines of the second has all lines of the first.
 */
export async function traced<Data>(
  query: string,
  variables: Readonly<Record<string, unknown>>,
  options: AskOptions,
  ownLogs: OwnLogs = {},
): Promise<Traced<Data>> {
  const askAs: AskAs<Data> = (headers) => dataOf(query, variables, { ...options, headers });
  const { answer, calls } = await tracedCalls(askAs, askAs, ownLogs);
  return { data: answer, calls };
}

/** Sends an operation with the headers of a trace. */
type AskAs<Answer> = (headers: Readonly<Record<string, string>>) => Promise<Answer>;

/**
 * The same for an operation that does not need all subgraphs. `askAll` needs all, and follows it.
 */
export async function tracedCalls<Answer>(
  ask: AskAs<Answer>,
  askAll: AskAs<unknown>,
  ownLogs: OwnLogs = {},
): Promise<{ readonly answer: Answer; readonly calls: readonly Call[] }> {
  const [traceId = "", later = ""] = [1, 2].map(() => randomUUID().replaceAll("-", ""));
  const answer = await ask({ traceparent: traceparentOf(traceId) });
  await askAll({ traceparent: traceparentOf(later) });
  const perSubgraph = await Promise.all(
    subgraphNames().map(async (subgraph) => {
      const file = join(stack().dataDir, "logs", `${subgraph}.log`);
      const logged = ownLogs[subgraph] ?? (() => readFile(file, "utf8"));
      const callsOf = async (id: string) => answered(await logged(), id);
      await expect.poll(() => callsOf(later), { timeout: 10_000 }).not.toHaveLength(0);
      return callsOf(traceId);
    }),
  );
  return { answer, calls: perSubgraph.flat() };
}

/** The calls of a trace in a log. */
function answered(log: string, traceId: string): Call[] {
  const lines = log.split("\n").filter((line) => line.includes(traceId));
  return lines
    .map((line) => JSON.parse(line) as Line)
    .filter(({ msg }) => msg === "answered")
    .map(({ name, fields, statements }) => ({ subgraph: name, fields, statements }))
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

const sortKey = ({ fields, statements }: Call) =>
  `${fields} ${String(statements).padStart(4, "0")}`;
