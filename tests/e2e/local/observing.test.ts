// Guarantees about `npm start -- --observe`: each service has an admin port that the page and
// Prometheus know, and sends its traces to the router's.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { observedOptions } from "../../../local/observing.ts";
import { subgraphNames } from "../../../local/project.ts";
import { startPrometheus } from "../../../local/prometheus.ts";
import { readSettings } from "../../../local/settings.ts";
import { observedServicesSetting } from "../../../router/observe/settings.ts";
import { stack } from "../../kit/stack.ts";

test("each service has an admin port of its own, at which the page reads it", async () => {
  const { adminPort, env, envOf } = await observedOptions(
    readSettings(["--observe"], { PORT: "0" }),
  );
  const services = observedServicesSetting.parse(envOf?.router?.OBSERVED_SERVICES);
  expect([...services.keys()]).toEqual(["router", ...subgraphNames(), "workers"]);
  const ports = [...services.values()].map(({ port }) => port);
  expect(new Set(ports).size).toBe(ports.length);
  for (const [name, { port }] of services) {
    expect([name, port]).toEqual([name, envOf?.[name]?.ADMIN_PORT ?? String(adminPort)]);
  }
  expect(env?.OTEL_EXPORTER_OTLP_ENDPOINT).toBe(services.get("router")?.origin);
});

test("where Prometheus is not installed, there is none and no failure", async () => {
  const nowhere = await startPrometheus({ dataDir: tmpdir(), services: {} }, "/nowhere");
  expect(nowhere).toBeNull();
});

interface Targets {
  readonly data: {
    readonly activeTargets: readonly {
      readonly labels: { readonly service: string };
      readonly health: string;
    }[];
  };
}

test("where Prometheus is installed, it scrapes every service and loads the rules", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "meetinity-prometheus-"));
  for (const folder of ["run", "logs"]) await mkdir(join(dataDir, folder));
  const { admin } = stack().urls;
  const prometheus = await startPrometheus({ dataDir, services: admin });
  onTestFinished(async () => {
    await prometheus?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  if (!prometheus) return;
  const upServices = async () => {
    const response = await fetch(new URL("/api/v1/targets", prometheus.url));
    const { data } = (await response.json()) as Targets;
    return data.activeTargets
      .filter(({ health }) => health === "up")
      .map(({ labels }) => labels.service)
      .sort();
  };
  // Replicas have the name of their service.
  const services = Object.keys(admin).map((name) => name.replace(/-\d+$/, ""));
  await expect.poll(upServices, { timeout: 20_000 }).toEqual(services.sort());
  const response = await fetch(new URL("/api/v1/rules", prometheus.url));
  const { data } = (await response.json()) as { readonly data: { readonly groups: unknown[] } };
  expect(data.groups.length).toBeGreaterThan(0);
});
