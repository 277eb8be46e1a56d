// Preloaded into the services of this measurement when they are profiled. SIGUSR2 starts the CPU
// profile; the next one ends it and writes the file.
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { join } from "node:path";

const INTERVAL_MICROS = 200;
const session = new Session();
session.connect();
let isProfiling = false;

process.on("SIGUSR2", async () => {
  if (!isProfiling) {
    isProfiling = true;
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: INTERVAL_MICROS });
    await session.post("Profiler.start");
    return;
  }
  const { profile } = await session.post("Profiler.stop");
  const file = join(process.env.PROFILE_DIR ?? ".", `${process.pid}.cpuprofile`);
  writeFileSync(file, JSON.stringify(profile));
});
