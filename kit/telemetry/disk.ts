// The disk of the folder in which a process runs, where logs go too: a full one stops everything.
import { statfs } from "node:fs/promises";
import { gauge, onScrape } from "#kit/telemetry/metrics";

const FOLDER = process.cwd();

const available = gauge("disk_available_bytes", "Bytes that are left on the disk of the process.");
const size = gauge("disk_size_bytes", "Bytes of the disk of the process.");

let isMeasured = false;

/** Measures the disk at each scrape from now on. */
export function measureDisk(): void {
  if (isMeasured) return;
  isMeasured = true;
  onScrape(async () => {
    const { bavail, bsize, blocks } = await statfs(FOLDER);
    available.set(bavail * bsize);
    size.set(blocks * bsize);
  });
}
