// The settings of a Prometheus that watches a deployment, or the processes of one machine.
import { JOB } from "./promql.ts";
import { SERVICES } from "./services.ts";

/** The admin port in docker-compose.yml: the one after PORT. */
const ADMIN_PORT = 4_001;
const EVERY = "15s";

export interface Target {
  /** A name of SERVICES, or `workers`. */
  readonly service: string;
  /** `127.0.0.1:4001`. */
  readonly address: string;
}

/**
 * Of given processes, for one machine: each is scraped as often as `every` says, and `rules` are
 * the files of rules, as absolute paths or relative to the file of settings.
 */
export function settingsFor(
  targets: readonly Target[],
  { rules, every }: { readonly rules: readonly string[]; readonly every: string },
): object {
  const groups = targets.map(({ service, address }) => ({
    targets: [address],
    labels: { service },
  }));
  return {
    global: { scrape_interval: every, evaluation_interval: every },
    rule_files: rules,
    scrape_configs: [{ job_name: JOB, static_configs: groups }],
  };
}

/** Of the containers of docker-compose.yml, however many of each there are. */
export function composeSettings(): object {
  return {
    global: { scrape_interval: EVERY, evaluation_interval: EVERY },
    rule_files: ["rules/*.yml"],
    scrape_configs: [
      {
        job_name: JOB,
        dns_sd_configs: [
          {
            names: SERVICES.map(({ name }) => name),
            type: "A",
            port: ADMIN_PORT,
            refresh_interval: EVERY,
          },
        ],
        relabel_configs: [{ source_labels: ["__meta_dns_name"], target_label: "service" }],
      },
    ],
  };
}
