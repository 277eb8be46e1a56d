// The shape of a dashboard, and how it becomes Grafana's JSON.
import {
  ReduceDataOptionsBuilder,
  VizLegendOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type Dashboard,
  DashboardBuilder,
  DatasourceVariableBuilder,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as NumberBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as LinesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";

/** Grafana's names of units: per second, seconds, share from 0 to 1, bytes, none. */
export type Unit = "ops" | "s" | "percentunit" | "bytes" | "short";

export interface Panel {
  readonly title: string;
  /** How to read it, or when to worry. */
  readonly says: string;
  readonly unit: Unit;
  /** A number shows the last value only. Default lines over time. */
  readonly look?: "number";
  /** Queries by the name of their lines, with labels as `{{label}}`. */
  readonly queries: Readonly<Record<string, string>>;
  /** Why nothing may be shown, if all is well. */
  readonly isEmptyUntil?: string;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Board {
  /** Its file and its address in Grafana. */
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

const SOURCE = { type: "prometheus", uid: `$\{source}` };
const HEIGHT = 8;
const WIDTH = 8;

export function dashboardOf({ name, title, rows }: Board): Dashboard {
  const builder = new DashboardBuilder(`Meetinity: ${title}`)
    .uid(`meetinity-${name}`)
    .tags(["meetinity"])
    .refresh("30s")
    .time({ from: "now-6h", to: "now" })
    .timezone("browser")
    .withVariable(new DatasourceVariableBuilder("source").label("Source").type("prometheus"));
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panelOf(panel));
  }
  return builder.build();
}

function panelOf({ title, says, unit, look, queries }: Panel) {
  const builder = look === "number" ? numbers() : lines();
  builder.title(title).description(says).unit(unit).datasource(SOURCE).height(HEIGHT).span(WIDTH);
  for (const [at, [legend, expr]] of Object.entries(queries).entries()) {
    const refId = String.fromCharCode("A".charCodeAt(0) + at);
    const query = new DataqueryBuilder().refId(refId).expr(expr).legendFormat(legend);
    builder.withTarget(look === "number" ? query.instant() : query.range());
  }
  return builder;
}

function numbers(): NumberBuilder {
  return new NumberBuilder().reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]));
}

function lines(): LinesBuilder {
  return new LinesBuilder().min(0).legend(new VizLegendOptionsBuilder().showLegend(true));
}

const FEW_MINUTES = "5m";

/** The sum of rates, by labels. */
export function rate(selector: string, ...by: string[]): string {
  const sum = by.length === 0 ? "sum" : `sum by (${by.join(", ")})`;
  return `${sum} (rate(${selector}[${FEW_MINUTES}]))`;
}

/** A quantile of a histogram, by labels; `metric` without `_bucket`. */
export function quantile(share: number, metric: string, ...by: string[]): string {
  const [name, labels = ""] = metric.split(/(?=\{)/);
  return `histogram_quantile(${share}, ${rate(`${name}_bucket${labels}`, "le", ...by)})`;
}

/** A quantile of what there is now: a distribution, not a histogram. */
export function quantileNow(share: number, metric: string, ...by: string[]): string {
  return `histogram_quantile(${share}, sum by (${["le", ...by].join(", ")}) (${metric}_bucket))`;
}
