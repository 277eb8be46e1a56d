// All dashboards.
import { data } from "./data.ts";
import { funnel } from "./funnel.ts";
import { graph } from "./graph.ts";
import { live } from "./live.ts";
import type { Board } from "./panels.ts";

export const BOARDS: readonly Board[] = [graph, live, data, funnel];
