// Each alert has a page and each page an alert. Pages ask what there is: metrics, log lines,
// scripts. tests/e2e/telemetry/runbooks.test.ts runs their SQL.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ALERTS } from "../../ops/rules/alerts.ts";
import { recordingRules } from "../../ops/rules/recording.ts";
import { SLOS } from "../../ops/slo.ts";
import { blocksOf } from "./markdown.ts";
import { projectFile, projectFiles } from "./project.ts";
import { selectionsOf } from "./promql.ts";

const read = (path: string) => readFileSync(projectFile(path), "utf8");
const FOLDER = "docs/runbooks";
const pages = readdirSync(projectFile(FOLDER))
  .filter((file) => file !== "README.md")
  .map((file) => ({ name: file.replace(/\.md$/, ""), text: read(`${FOLDER}/${file}`) }));
const alerts = [...new Set(ALERTS.map(({ alert }) => alert))];

const table = read("docs/observability.md");
const kinds = [...table.matchAll(/^\| `(\w+)` \| (\w+) \|/gm)];
const suffixes = (kind: string) =>
  kind === "histogram" || kind === "distribution" ? ["_bucket", "_sum", "_count"] : [""];
/** Names as they are scraped, or recorded by rules. */
const known = new Set([
  "up",
  ...kinds.flatMap(([, name = "", kind = ""]) => suffixes(kind).map((suffix) => name + suffix)),
  ...recordingRules().map(({ record }) => record),
]);
const metricsIn = (queries: readonly string[]) =>
  new Set(queries.flatMap(selectionsOf).map(({ metric }) => metric));
const queriesIn = (text: string) =>
  blocksOf(text).flatMap(({ language, text: query }) => (language === "promql" ? [query] : []));

it("each alert has a page, and each page an alert", () => {
  expect(pages.map(({ name }) => name).sort()).toEqual(alerts.toSorted());
});

it("the list has each alert with its severities", () => {
  const rows = [
    ...read(`${FOLDER}/README.md`).matchAll(/^\| \[(\w+)\]\(\1\.md\) \| ([\w, ]+) \|/gm),
  ];
  const expected = alerts.map((name) => {
    const severities = ALERTS.flatMap(({ alert, severity }) => (alert === name ? [severity] : []));
    return [name, [...new Set(severities)].join(", ")];
  });
  expect(rows.map(([, name, severities]) => [name, severities])).toEqual(expected);
});

it("rules read metrics that processes have", () => {
  const metrics = metricsIn([...ALERTS, ...recordingRules()].map(({ expr }) => expr));
  expect([...metrics].filter((name) => !known.has(name))).toEqual([]);
});

describe.each(pages)("the page $name", ({ name, text }) => {
  it("says what is seen, what to ask, and what to do", () => {
    const headings = ["## What is seen", "## Ask first", "## What to do"];
    expect(text.match(/^#+ .+$/gm)).toEqual([`# ${name}`, ...headings]);
  });

  it("asks for the metrics of its alert, and only for those that exist", () => {
    const asked = metricsIn(queriesIn(text));
    expect([...asked].filter((metric) => !known.has(metric))).toEqual([]);
    const alert = ALERTS.filter((each) => each.alert === name).map(({ expr }) => expr);
    expect(metricsOf(name, alert).filter((metric) => !asked.has(metric))).toEqual([]);
  });

  it("looks for log lines that our code writes", () => {
    const sources = projectFiles(".ts")
      .filter((path) => /^(?:kit|router|subgraphs|local)\//.test(path) && !path.includes("test"))
      .map(read);
    const lines = [...text.matchAll(/grep '([^'"]+)'/g)].map(([, line = ""]) => line);
    expect(lines.filter((line) => !sources.some((source) => source.includes(line)))).toEqual([]);
  });
});

/** The metrics that a page must ask for: of a budget, those behind the rates that are recorded. */
function metricsOf(name: string, queries: readonly string[]): string[] {
  const slo = SLOS.find(({ alert }) => alert === name);
  const metrics = [...metricsIn(queries)];
  if (!slo) return metrics.filter((metric) => !metric.endsWith("_size_bytes"));
  const { metric, kind } = slo.indicator;
  return [kind === "duration" ? `${metric}_bucket` : metric];
}
