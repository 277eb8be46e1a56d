// All files that `npm run ops` writes, by their path below `ops`.
import { stringifyYAML } from "confbox";
import { BOARDS } from "./dashboards/boards.ts";
import { dashboardOf } from "./dashboards/panels.ts";
import { composeSettings } from "./prometheus.ts";
import { ruleFiles } from "./rules/files.ts";

const HEADER = "# Made by `npm run ops`: change ops/*.ts instead.\n";

export function opsFiles(): Record<string, string> {
  const yaml = { "prometheus.yml": composeSettings(), ...ruleFiles() };
  const rules = Object.entries(yaml).map(([path, content]) => [
    `prometheus/${path}`,
    HEADER + stringifyYAML(content, { lineWidth: -1, noRefs: true }),
  ]);
  const dashboards = BOARDS.map((board) => [
    `dashboards/${board.name}.json`,
    `${JSON.stringify(dashboardOf(board), null, 2)}\n`,
  ]);
  return Object.fromEntries([...rules, ...dashboards]);
}
