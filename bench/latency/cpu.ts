// The CPU time of this process and those below it, from /proc: on Linux only, elsewhere nothing.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Stack } from "../../local/stack.ts";

/** The unit of Linux, as programs see it. */
const TICK_MS = 10;
const LISTED = 12;

interface Row {
  readonly pid: number;
  readonly parent: number;
  readonly cpuMs: number;
}

function rowOf(pid: number): Row[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Behind the name, which may have spaces: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const cpuMs = (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    return [{ pid, parent: Number(fields[1]), cpuMs }];
  } catch {
    // It has ended.
    return [];
  }
}

/** The CPU time so far, in ms, by process id. */
export function cpuBelow(root = process.pid): Map<number, number> {
  if (!existsSync("/proc/self/stat")) return new Map();
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const rows = pids.flatMap((pid) => rowOf(Number(pid)));
  const below = new Set([root]);
  for (let before = 0; before < below.size; ) {
    before = below.size;
    for (const { pid, parent } of rows) if (below.has(parent)) below.add(pid);
  }
  return new Map(rows.filter(({ pid }) => below.has(pid)).map(({ pid, cpuMs }) => [pid, cpuMs]));
}

function commandOf(pid: number): string {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return command.replace(/\d+\.\d+\.\d+\.\d+\S*/, "").trim();
  } catch {
    return "ended";
  }
}

/** The CPU of each process for each message, the busiest first. */
export function cpuReport(
  stack: Stack,
  cpu: ReadonlyMap<number, number>,
  messages: number,
): string {
  const names = Object.keys(stack.urls.admin);
  const services = new Map(names.map((name) => [stack.service(name).pid(), name]));
  const byName = new Map<string, number>();
  for (const [pid, ms] of cpu) {
    const command = services.get(pid) ?? commandOf(pid);
    const name = command.startsWith("postgres") ? "postgres" : command.slice(0, 60);
    byName.set(name, (byName.get(name) ?? 0) + ms);
  }
  const line = (name: string, ms: number) =>
    `${(ms / messages).toFixed(2).padStart(6)} ms  ${name}`;
  const total = [...byName.values()].reduce((sum, ms) => sum + ms, 0);
  const sorted = [...byName].sort(([, a], [, b]) => b - a).slice(0, LISTED);
  return [line("CPU of a message", total), ...sorted.map(([name, ms]) => line(name, ms))].join(
    "\n",
  );
}
