// Line coverage, merged from reports that were made in different ways, and its table by room. It
// runs and reads nothing.

/**
 * What is used of Istanbul's JSON report: by absolute path, where each statement starts and how
 * often it ran.
 */
export interface IstanbulReport {
  readonly [path: string]: {
    readonly statementMap: Readonly<Record<string, { readonly start: { readonly line: number } }>>;
    readonly s: Readonly<Record<string, number>>;
  };
}

/** By path, whether each line that holds code was run. */
export type Coverage = ReadonlyMap<string, ReadonlyMap<number, boolean>>;

/** A line was run when any statement that starts on it was. `root` is cut off the paths. */
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
 * The files and lines of `base`, run when any of the reports says so. Only one report can say which
 * lines count: another tool finds statements elsewhere (or on every line, comments included), and
 * the sum of both would be a file that nobody wrote.
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

/**
 * A row for each room in name order: the top folders, each subgraph as a whole and each of its
 * features; `total` comes last.
 */
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

/** `subgraphs/events/registrations/rules.ts` counts for its subgraph and for its feature. */
function roomsOf(path: string): string[] {
  const [top = "", subgraph = "", feature = "", file] = path.split("/");
  if (top !== "subgraphs") return [top];
  const whole = `${top}/${subgraph}`;
  return file === undefined ? [whole] : [whole, `${whole}/${feature}`];
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

/** With one decimal, rounded down, so that 100.0 means every line; a room without code has all. */
export function percentOf({ lines, covered }: Pick<Row, "lines" | "covered">): string {
  if (lines === 0) return "100.0";
  return (Math.floor((covered / lines) * 1_000) / 10).toFixed(1);
}

/** What is used of the report that Node writes for a process under NODE_V8_COVERAGE. */
export interface V8Report {
  readonly result: readonly { readonly url: string }[];
  readonly "source-map-cache"?: Readonly<Record<string, unknown>>;
}

/**
 * The part of a process's report that is about our sources; null when there is none, or when a
 * source has no map: then the offsets are in code that only a test runner knows, and would be read
 * as offsets in the source.
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
