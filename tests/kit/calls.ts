// What the router asked of the subgraphs for one operation, and how many SQL statements each answer
// took: told by the subgraphs' own logs, found by the trace that ties all of it together.
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
  /** Its root fields; `_entities` when it completes what another subgraph began. */
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
  /** In the order of the subgraphs' names, of the fields and of the statements. */
  readonly calls: readonly Call[];
}

/** Subgraphs that are not the stack's, with what they have logged so far. */
type OwnLogs = Readonly<Record<string, () => string>>;

/**
 * Runs an operation that asks all subgraphs, at the first replicas, and returns its data and its
 * calls. The same is asked a second time: a log that has heard of that has all lines of the first.
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

/** Asks something in the name of a trace, which is a header. */
type AskAs<Answer> = (headers: Readonly<Record<string, string>>) => Promise<Answer>;

/** The same for what does not ask all subgraphs: `askAll` does, and is asked behind it. */
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

/** What was answered in the name of a trace. */
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
