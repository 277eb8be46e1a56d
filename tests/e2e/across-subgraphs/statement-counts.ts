// How many SQL statements each fetch of an operation takes, by the subgraphs' own logs. A run of an
// operation has a name of its own, which the router passes on to the subgraphs: so nothing counts
// that another run sends, nor the work in the background, which has no operation.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { subgraphNames } from "../../../local/project.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { stack } from "../../kit/stack.ts";

/** An operation under a name of its own. */
interface Tagged {
  readonly tag: string;
  readonly text: string;
}

/** The statements of each fetch of a run, by subgraph and in the order of the plan. */
export type Counts = ReadonlyMap<string, readonly number[]>;

/** Logs of subgraphs that are not the stack's. */
type OwnLogs = Readonly<Record<string, () => string>>;

export function tagged(name: string): Tagged {
  const tag = `${name}_${randomUUID().slice(0, 8)}`;
  const text = operation(name).replace(/^(query|mutation|subscription) \w+/m, `$1 ${tag}`);
  return { tag, text };
}

/**
 * The counts of all runs at the first replicas that have ended, by their tags. `viewer` asks all
 * subgraphs behind them: a log that has this has all lines of theirs.
 */
export async function readCounts(
  viewer: { readonly token: string },
  ownLogs: OwnLogs = {},
): Promise<ReadonlyMap<string, Counts>> {
  const last = tagged("Home");
  await dataOf(last.text, { first: 1 }, { as: viewer.token });
  const counts = new Map<string, Map<string, number[]>>();
  for (const subgraph of subgraphNames()) {
    const file = join(stack().dataDir, "logs", `${subgraph}.log`);
    const read = () => readFile(file, "utf8");
    const hasLast = async () =>
      expect((await read()).includes(`${last.tag}__${subgraph}__`)).toBe(true);
    await vi.waitFor(hasLast, { timeout: 10_000 });
    for (const log of [await read(), ownLogs[subgraph]?.() ?? ""]) add(counts, subgraph, log);
  }
  return counts;
}

interface Line {
  readonly msg: string;
  readonly operationName: string;
  readonly statements: number;
}

const COUNTED = ["answered", "executed an event"];

/** Adds up what each fetch took, of which a subscription has one for each event. */
function add(counts: Map<string, Map<string, number[]>>, subgraph: string, log: string): void {
  for (const text of log.split("\n")) {
    const [, tag = "", fetch = ""] =
      /"operationName":"(\w+_[0-9a-f]{8})__\w+?__(\d+)"/.exec(text) ?? [];
    if (tag === "") continue;
    const { msg, statements } = JSON.parse(text) as Line;
    if (!COUNTED.includes(msg)) continue;
    const ofRun = counts.get(tag) ?? new Map<string, number[]>();
    const fetches = ofRun.get(subgraph) ?? [];
    fetches[Number(fetch)] = (fetches[Number(fetch)] ?? 0) + statements;
    counts.set(tag, ofRun.set(subgraph, fetches));
  }
}

/** As in `events 3 + 1, users 1`: a number for each fetch. */
export function textOfCounts(counts: Counts | undefined): string {
  const subgraphs = [...(counts ?? [])].map(([subgraph, fetches]) => {
    return `${subgraph} ${Object.values(fetches).join(" + ")}`;
  });
  return subgraphs.join(", ") || "nothing";
}

/** Of a whole run. */
export function sumOfCounts(counts: Counts | undefined): number {
  const numbers = [...(counts?.values() ?? [])].flatMap((fetches) => Object.values(fetches));
  return numbers.reduce((sum, each) => sum + each, 0);
}
