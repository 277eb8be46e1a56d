// Finds the processes that read media.
import { execFileSync } from "node:child_process";

/** The processes that read media for this one. */
export function readers(): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return lines.split("\n").flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/);
    const isReader = parent === String(process.pid) && line.includes("kit/media/child");
    return isReader ? [Number(pid)] : [];
  });
}
