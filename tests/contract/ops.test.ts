// Guarantees about ops/: all files are current, and Prometheus accepts it: rules, their tests, and
// what they say of the schema. tests/e2e/telemetry/queries.test.ts runs the queries.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { parseYAML } from "confbox";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { opsFiles } from "../../ops/files.ts";
import { ALERTS } from "../../ops/rules/alerts.ts";
import { EXAMPLES } from "../../ops/rules/examples.ts";
import { recordingRules } from "../../ops/rules/recording.ts";
import { SERVICES } from "../../ops/services.ts";
import { SIGN_INS, SLOS } from "../../ops/slo.ts";
import { operationNames } from "../../schema/operations.ts";
import { installed } from "../kit/installed.ts";
import { projectFile } from "./project.ts";
import { fits, selectionsOf } from "./promql.ts";

const files = Object.entries(opsFiles());
const read = (path: string) => readFileSync(projectFile(path), "utf8");
const recorded = new Set(recordingRules().map(({ record }) => record));
const burning = new Set<string>(SLOS.map(({ alert }) => alert));

it.each(files)("ops/%s is what `npm run ops` writes", (path, text) => {
  expect(existsSync(projectFile(`ops/${path}`)), "run `npm run ops`").toBe(true);
  expect(read(`ops/${path}`)).toBe(text);
});

describe("rules", () => {
  it("are PromQL, and read only series that exist or are recorded", () => {
    const queries = [...ALERTS, ...recordingRules()].map(({ expr }) => expr);
    const ours = queries.flatMap(selectionsOf).filter(({ metric }) => metric.startsWith("slo:"));
    expect(ours.filter(({ metric }) => !recorded.has(metric))).toEqual([]);
    expect(ours.length).toBeGreaterThan(50);
  });

  it("have an example that fires, unless burn rates are computed", () => {
    const names = [...new Set(ALERTS.map(({ alert }) => alert))].filter((it) => !burning.has(it));
    expect(Object.keys(EXAMPLES).sort()).toEqual(names.sort());
  });

  it("have names of their own", () => {
    const keys = ALERTS.map(({ alert, labels }) => JSON.stringify([alert, labels]));
    expect(keys.length).toBe(new Set(keys).size);
    expect(new Set(SLOS.map(({ name }) => name)).size).toBe(SLOS.length);
    expect(new Set(SLOS.map(({ alert }) => alert)).size).toBe(SLOS.length);
  });
});

it("sign-ins are operations that we ship", () => {
  expect(SIGN_INS.filter((name) => !operationNames().includes(name))).toEqual([]);
});

it("the containers of docker-compose.yml that serve metrics are watched", () => {
  const shape = z.object({
    services: z.record(z.string(), z.object({ build: z.string().optional() })),
  });
  const { services } = shape.parse(parseYAML(read("docker-compose.yml")));
  const ours = Object.entries(services).flatMap(([name, { build }]) => (build ? [name] : []));
  expect(SERVICES.map(({ name }) => name).sort()).toEqual(
    ours.filter((name) => name !== "migrate").sort(),
  );
});

describe("a query", () => {
  it("is read as Prometheus reads it", () => {
    const query =
      'sum by (a) (rate(x_total{b=~"c|d",e!="f"}[5m])) / on (a) slo:y offset 1d > bool 2';
    expect(selectionsOf(query)).toEqual([
      {
        metric: "x_total",
        matchers: [
          { label: "b", operator: "=~", value: "c|d" },
          { label: "e", operator: "!=", value: "f" },
        ],
      },
      { metric: "slo:y", matchers: [] },
    ]);
  });

  it.each(["sum(rate(x[5m])", "x{a=b}", "x[5m", "x +"])("%s is refused", (query) => {
    expect(() => selectionsOf(query)).toThrow(/no (?:PromQL|matcher)/);
  });

  it("selects by all kinds of matchers", () => {
    const labels = { a: "one" };
    const verdict = (query: string) =>
      selectionsOf(query)[0]?.matchers.every((m) => fits(labels, m));
    expect(
      ['x{a="one"}', 'x{a=~"o.*"}', 'x{a!="two"}', 'x{b=""}', 'x{a!~"ne"}'].map(verdict),
    ).toEqual([true, true, true, true, true]);
    expect(['x{a="two"}', 'x{a=~"n"}', 'x{a!="one"}', 'x{b="c"}'].map(verdict)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

const promtool = installed("promtool");

describe.runIf(promtool)("promtool", () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(promtool ?? "", args, { encoding: "utf8" });
    return { status, said: stdout + stderr };
  };
  const paths = (folder: string) =>
    files
      .filter(([path]) => path.startsWith(`prometheus/${folder}`))
      .map(([path]) => projectFile(`ops/${path}`));

  it("accepts the settings and the rules", () => {
    expect(run("check", "config", projectFile("ops/prometheus/prometheus.yml"))).toMatchObject({
      status: 0,
    });
  });

  it("sees each alert fire where it must, and only there", () => {
    const { status, said } = run("test", "rules", ...paths("tests/"));
    expect(status, said).toBe(0);
  });
});
