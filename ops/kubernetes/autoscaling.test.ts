// The manifests say what ops/autoscaling.ts says, which is what a day was simulated with.
import { readFileSync } from "node:fs";
import { parseYAML } from "confbox";
import { expect, test } from "vitest";
import { z } from "zod";
import { POLICIES, type Policy, type Reading, type Target } from "../autoscaling.ts";

const read = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");
const manifests = read("./autoscaling.yaml")
  .split(/^---$/m)
  .slice(1)
  .map((text) => parseYAML(text));

const METRICS: Readonly<Record<Exclude<Reading, "cpu">, string>> = {
  sockets: "router_open_sockets",
  jobs: "jobs_due",
};

const WORKER = "-worker";

function metricOf({ reading, value }: Target, deployment: string): object {
  if (reading === "cpu") {
    const target = { type: "Utilization", averageUtilization: 100 * value };
    return { type: "Resource", resource: { name: "cpu", target } };
  }
  const target = { type: "AverageValue", averageValue: value };
  if (reading === "sockets") {
    return { type: "Pods", pods: { metric: { name: METRICS.sockets }, target } };
  }
  const selector = { matchLabels: { subgraph: deployment.replace(WORKER, "") } };
  return { type: "External", external: { metric: { name: METRICS.jobs, selector }, target } };
}

function manifestOf(name: string, policy: Policy): object {
  const { floor, ceiling, targets, up, down } = policy;
  const { periodSeconds } = up;
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
      minReplicas: floor,
      maxReplicas: ceiling,
      metrics: targets.map((target) => metricOf(target, name)),
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: 0,
          selectPolicy: "Max",
          policies: [
            { type: "Percent", value: 100, periodSeconds },
            { type: "Pods", value: up.step, periodSeconds },
          ],
        },
        scaleDown: {
          stabilizationWindowSeconds: down.windowSeconds,
          policies: [{ type: "Pods", value: down.step, periodSeconds: down.periodSeconds }],
        },
      },
    },
  };
}

test("the manifests have the policies of the simulation", () => {
  const { worker, ...servers } = POLICIES;
  const names = Object.keys(servers).filter((name) => name !== "router");
  const all = [
    ...Object.entries(servers),
    ...names.map((name) => [`${name}${WORKER}`, worker] as const),
  ];
  expect(manifests).toEqual(all.map(([name, policy]) => manifestOf(name, policy)));
});

const rule = z.object({ seriesQuery: z.string(), metricsQuery: z.string() });
const adapterShape = z.object({
  rules: z.object({ custom: z.array(rule), external: z.array(rule) }),
});

test("the adapter provides the metrics of the manifests, and services have them", () => {
  const { rules } = adapterShape.parse(parseYAML(read("./prometheus-adapter.yaml")));
  const provided = [...rules.custom, ...rules.external].map(
    ({ seriesQuery }) => /^\w+/.exec(seriesQuery)?.[0],
  );
  expect(provided).toEqual(Object.values(METRICS));
  const documented = read("../../docs/observability.md") + read("../../docs/guides/jobs.md");
  for (const name of provided) expect(documented).toContain(`\`${name}\``);
});
