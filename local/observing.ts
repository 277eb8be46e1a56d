// `npm start -- --observe`: all services send their traces to the page of the router's admin port,
// which also draws graphs of their metrics. Prometheus runs beside them where it is installed.
import { choosePorts } from "./deployment.ts";
import { freePorts } from "./ports.ts";
import { subgraphNames } from "./project.ts";
import { type Prometheus, startPrometheus } from "./prometheus.ts";
import type { Settings } from "./settings.ts";
import type { Stack, StackOptions } from "./stack.ts";

/** So soon is a trace on the page. */
const SENT_WITHIN_MS = "1000";

type ObservedOptions = Pick<StackOptions, "port" | "adminPort" | "env" | "envOf">;

/** The options of a stack that is observed. Admin ports are chosen before the services start. */
export async function observedOptions(settings: Settings): Promise<ObservedOptions> {
  const { port, adminPort } = await choosePorts(settings);
  const names = [...subgraphNames(), "workers"];
  const ports = await freePorts(names.length + 1);
  const ownAdmin = adminPort || (ports.pop() ?? 0);
  const admin = [
    ["router", ownAdmin] as const,
    ...names.map((name, at) => [name, ports[at]] as const),
  ];
  const others = admin.slice(1).map(([name, own]) => [name, { ADMIN_PORT: String(own) }] as const);
  const observed = admin.map(([name, own]) => `${name}=http://127.0.0.1:${own}`).join(",");
  return {
    port,
    adminPort: ownAdmin,
    env: {
      OTEL_TRACES_EXPORTER: "otlp",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${ownAdmin}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_BSP_SCHEDULE_DELAY: SENT_WITHIN_MS,
    },
    envOf: { router: { OBSERVED_SERVICES: observed }, ...Object.fromEntries(others) },
  };
}

const NO_PROMETHEUS =
  "  Prometheus is not installed: `apt-get install prometheus` on Debian, for its own graphs and alerts";

export interface Observing {
  /** Lines for people, behind those of the start. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** Starts Prometheus for a stack, if there is one on this machine. Never rejects. */
export async function observe(
  { dataDir, urls }: Pick<Stack, "dataDir" | "urls">,
  onWarning: (message: string) => void,
): Promise<Observing> {
  const page = `  Observe    ${new URL("/observe/", urls.admin.router)}  (traces and graphs)`;
  let prometheus: Prometheus | null = null;
  try {
    prometheus = await startPrometheus({ dataDir, services: urls.admin });
  } catch (error) {
    onWarning(error instanceof Error ? error.message : String(error));
    return { lines: [page], stop: async () => {} };
  }
  const own = prometheus
    ? `  Prometheus ${prometheus.url}  (with the alerts of ops/)`
    : NO_PROMETHEUS;
  return { lines: [page, own], stop: async () => prometheus?.stop() };
}
