// Merges the line coverage of reports from different tools, and makes its table by room. It runs no
// tests and reads no files.

/** The used part of Istanbul's JSON report. By absolute path: the statements, and their counts. */
export interface IstanbulReport {
  readonly [path: string]: {
    readonly statementMap: Readonly<Record<string, { readonly start: { readonly line: number } }>>;
    readonly s: Readonly<Record<string, number>>;
  };
}

/** By path and line: whether the line was run. Lines without code are missing. */
export type Coverage = ReadonlyMap<string, ReadonlyMap<number, boolean>>;

/** A line counts as run if a statement that starts on it was run. Removes `root` from the paths. */
export function coverageOf(report: IstanbulReport, root: string): Coverage {
  const files = Object.entries(report).map(([path, { statementMap, s }]) => {
    const lines = new Map<number, boolean>();
    for (const [id, { start }] of Object.entries(statementMap)) {
      const isRun = (s[id] ?? 0) > 0;
      lines.set(start.line, isRun || lines.get(start.line) === true);
    }
    return [path.startsWith(root) ? path.slice(root.length) : path, lines] as const;
  });
  return new Map(files);
}

/**
 * The files and lines of `base`. A line is run if it is run in any of the reports. Only `base`
 * decides which lines count, because another tool finds statements on other lines, some even on
 * comments.
 */
export function merge(base: Coverage, others: readonly Coverage[]): Coverage {
  const files = [...base].map(([path, lines]) => {
    const merged = [...lines].map(([line, isRun]) => {
      const isRunElsewhere = others.some((other) => other.get(path)?.get(line) === true);
      return [line, isRun || isRunElsewhere] as const;
    });
    return [path, new Map(merged)] as const;
  });
  return new Map(files);
}

export interface Row {
  readonly room: string;
  readonly lines: number;
  readonly covered: number;
}

/** A row for each top folder, subgraph and feature, in name order. `total` is last. */
export function rowsOf(coverage: Coverage): Row[] {
  const rows = new Map<string, { lines: number; covered: number }>();
  for (const [path, lines] of coverage) {
    const covered = [...lines.values()].filter(Boolean).length;
    for (const room of [...roomsOf(path), "total"]) {
      const row = rows.get(room) ?? { lines: 0, covered: 0 };
      rows.set(room, { lines: row.lines + lines.size, covered: row.covered + covered });
    }
  }
  const isTotal = (room: string) => Number(room === "total");
  return [...rows]
    .map(([room, counts]) => ({ room, ...counts }))
    .sort((a, b) => isTotal(a.room) - isTotal(b.room) || (a.room < b.room ? -1 : 1));
}

/**
 * `subgraphs/users/people/names/rules.ts` counts for its subgraph and its feature, whose name has
 * the area if there is one.
 */
function roomsOf(path: string): string[] {
  const [top = "", subgraph = "", ...rest] = path.split("/");
  if (top === "clients") return [`${top}/${subgraph}`];
  if (top !== "subgraphs") return [top];
  const whole = `${top}/${subgraph}`;
  const feature = rest
    .slice(0, -1)
    .join("/")
    .replace(/\/actions$/, "");
  return feature === "" ? [whole] : [whole, `${whole}/${feature}`];
}

/** The rows as aligned text; features are indented under their subgraph. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ room, lines, covered }) => {
    const parts = room.split("/");
    const name = parts.length > 2 ? `  ${parts.slice(2).join("/")}` : room;
    return [name, String(lines), String(covered), percentOf({ lines, covered })];
  });
  const all = [["room", "lines", "covered", "%"], ...cells];
  const width = (column: number) => Math.max(...all.map((row) => row[column]?.length ?? 0));
  const widths = [0, 1, 2, 3].map(width);
  return all
    .map(([name = "", ...numbers]) => {
      const right = numbers.map((cell, at) => cell.padStart(widths[at + 1] ?? 0));
      return [name.padEnd(widths[0] ?? 0), ...right].join("  ");
    })
    .join("\n");
}

/** One decimal, rounded down, so that 100.0 means every line. A room without code has 100.0. */
export function percentOf({ lines, covered }: Pick<Row, "lines" | "covered">): string {
  if (lines === 0) return "100.0";
  return (Math.floor((covered / lines) * 1_000) / 10).toFixed(1);
}

/** The used part of the report that Node writes for a process with NODE_V8_COVERAGE. */
export interface V8Report {
  readonly result: readonly { readonly url: string }[];
  readonly "source-map-cache"?: Readonly<Record<string, unknown>>;
}

/**
 * The part of a process's report about our sources. Null if there is none, or if a source has no
 * source map: its offsets would be wrong, because they are in code that a test runner generated.
 */
export function oursOf(report: V8Report, rootUrl: string): V8Report | null {
  const maps = report["source-map-cache"] ?? {};
  const result = report.result.filter(
    ({ url }) => url.startsWith(rootUrl) && url.endsWith(".ts") && !url.includes("/node_modules/"),
  );
  if (result.length === 0 || result.some(({ url }) => !(url in maps))) return null;
  const used = result.map(({ url }) => [url, maps[url]] as const);
  return { ...report, result, "source-map-cache": Object.fromEntries(used) };
}
