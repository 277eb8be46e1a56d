// The table of all metrics in docs/observability.md, from the modules that declare them.
import { readFileSync } from "node:fs";
import { describeMetrics, measureProcess } from "#kit/telemetry/metrics";
import { createMetrics } from "../../router/telemetry/metrics.ts";
import { projectFile, projectFiles } from "./project.ts";

const DOCUMENT = "docs/observability.md";

type DescribedMetric = ReturnType<typeof describeMetrics>[number];

const DECLARES = 'from "#kit/telemetry/metrics"';
const DISTRIBUTION = "Distribution at the scrape: ";
const BEGIN =
  "<!-- The table is made by: npm run test:contract -- tests/contract/metrics.test.ts -u -->\n";
const END = "<!-- /The table -->";

/** Imports every module that declares a metric, and describes all metrics, by name. */
export async function describeAll(): Promise<readonly DescribedMetric[]> {
  for (const file of projectFiles(".ts")) {
    const isService = /^(?:kit|router|subgraphs)\//.test(file) && !file.endsWith(".test.ts");
    if (!isService || !readFileSync(projectFile(file), "utf8").includes(DECLARES)) continue;
    await import(projectFile(file));
  }
  measureProcess();
  return [...describeMetrics(createMetrics().registry)].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The document with the table of these metrics in place of the one that it has. */
export function documentWith(metrics: readonly DescribedMetric[]): string {
  const text = readFileSync(projectFile(DOCUMENT), "utf8");
  const [before = "", rest = ""] = text.split(BEGIN);
  const behind = rest.slice(rest.indexOf(END));
  const rows = ["| metric | kind | labels | meaning |", "|---|---|---|---|", ...metrics.map(rowOf)];
  return `${before}${BEGIN}\n${rows.join("\n")}\n\n${behind}`;
}

function rowOf({ name, help, type, labelNames }: DescribedMetric): string {
  const isDistribution = help.startsWith(DISTRIBUTION);
  const kind = isDistribution ? "distribution" : type;
  const meaning = isDistribution ? help.slice(DISTRIBUTION.length) : help;
  return `| \`${name}\` | ${kind} | ${labelNames.join(", ")} | ${meaning.replaceAll("|", "\\|")} |`;
}

/** The labels of each metric, by its name, as the document has them. */
export function documentedMetrics(): ReadonlyMap<string, readonly string[]> {
  const rows = readFileSync(projectFile(DOCUMENT), "utf8").matchAll(
    /^\| `(\w+[^\W_])` \| \w+ \| ([\w, ]*) \|/gm,
  );
  return new Map(
    [...rows].map(([, name = "", labels = ""]) => [name, labels.split(", ").filter(Boolean)]),
  );
}
