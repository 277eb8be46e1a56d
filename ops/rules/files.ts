// The files of rules for Prometheus, and of their tests for `promtool test rules`.
import { SLOS } from "../slo.ts";
import type { Alert } from "./alert.ts";
import { ALERTS } from "./alerts.ts";
import { burnSeries, looks } from "./burn-examples.ts";
import { EXAMPLES, type Example, type Series } from "./examples.ts";
import { recordingRules } from "./recording.ts";

/** By path below `ops/prometheus`, as plain objects. */
export function ruleFiles(): Readonly<Record<string, object>> {
  const burning: Set<string> = new Set([...SLOS.map(({ alert }) => alert), "BudgetSpent"]);
  const budgets = ALERTS.filter(({ alert }) => burning.has(alert));
  const rest = ALERTS.filter(({ alert }) => !burning.has(alert));
  const others = [...new Set(rest.map(({ alert }) => alert))];
  const group = (name: string, rules: readonly object[]) => ({
    groups: [{ name, rules }],
  });
  return {
    "rules/slo.yml": group("slo", recordingRules()),
    "rules/budgets.yml": group("budgets", budgets.map(ruleOf)),
    "rules/alerts.yml": group("alerts", rest.map(ruleOf)),
    // Where days pass, Prometheus looks less often.
    "tests/budgets.yml": testsOf("5m", BUDGETS, [burnTest(), ...examples(["BudgetSpent"])]),
    "tests/days.yml": testsOf("10m", ["alerts"], examples(DAYS)),
    "tests/alerts.yml": testsOf(
      "1m",
      ["alerts"],
      examples(others.filter((name) => !DAYS.includes(name))),
    ),
  };
}

function ruleOf(rule: Alert): object {
  const { alert, expr } = rule;
  return {
    alert,
    expr,
    ...(rule.for && { for: rule.for }),
    labels: labelsOf(rule),
    annotations: annotationsOf(rule),
  };
}

function labelsOf({ severity, labels }: Alert): Record<string, string> {
  return { severity, ...labels };
}

function annotationsOf({ alert, summary }: Alert, labels: Readonly<Record<string, string>> = {}) {
  const said = summary.replaceAll(
    /\{\{ \$labels\.(\w+) \}\}/g,
    (text, name) => labels[name] ?? text,
  );
  return { summary: said, runbook: `docs/runbooks/${alert}.md` };
}

const BUDGETS = ["slo", "budgets"];
/** Alerts that look back a day. */
const DAYS = ["JobsGivenUp"];

function testsOf(every: string, rules: readonly string[], tests: readonly object[]): object {
  const files = rules.map((name) => `../rules/${name}.yml`);
  return { rule_files: files, evaluation_interval: every, tests };
}

function inputOf(series: Series): object[] {
  return Object.entries(series).map(([selector, values]) => ({ series: selector, values }));
}

function examples(names: readonly string[]): object[] {
  return names.flatMap((name) => {
    const example = EXAMPLES[name];
    if (!example)
      throw new Error(`There is no example of ${name}: add it to ops/rules/examples.ts.`);
    return exampleTests(name, example);
  });
}

/** One that must fire, and one that must not. */
function exampleTests(name: string, example: Example): object[] {
  const isHeartbeat = name === "AlertsWork";
  const rule = ALERTS.find(
    ({ alert, labels }) =>
      alert === name && (labels?.service === undefined || labels.service === "events"),
  );
  if (!rule) throw new Error(`There is an example of ${name}, and no alert of this name.`);
  const expected = {
    exp_labels: { ...labelsOf(rule), ...example.labels },
    exp_annotations: annotationsOf(rule, example.labels),
  };
  const test = (series: Series, expected: readonly object[]) => ({
    interval: "1m",
    input_series: inputOf(series),
    alert_rule_test: [{ eval_time: example.at, alertname: name, exp_alerts: expected }],
  });
  return isHeartbeat
    ? [test({}, [expected])]
    : [test(example.fires, [expected]), test(example.quiet, [])];
}

/** All promises are broken at once; each look has the alerts that fire then. */
function burnTest(): object {
  const tests = looks().flatMap(({ minute, firing }) =>
    SLOS.map(({ alert: alertname }) => ({
      eval_time: `${minute}m`,
      alertname,
      exp_alerts: ALERTS.filter(
        ({ alert, labels }) =>
          alert === alertname && firing.some(({ long }) => long === labels?.long),
      ).map((rule) => ({
        exp_labels: { slo: sloOf(alertname), ...labelsOf(rule) },
        exp_annotations: annotationsOf(rule),
      })),
    })),
  );
  return { interval: "1m", input_series: inputOf(burnSeries()), alert_rule_test: tests };
}

function sloOf(name: string): string {
  return SLOS.find(({ alert }) => alert === name)?.name ?? "";
}
