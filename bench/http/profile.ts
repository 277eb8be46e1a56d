// Preloaded into a router whose CPU is profiled. It starts at its parent's message, and writes the
// profile to the file that the parent names.
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";

const INTERVAL_MICROS = 200;
const session = new Session();
session.connect();

process.on("message", async (message) => {
  if (message === "profiling") {
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: INTERVAL_MICROS });
    await session.post("Profiler.start");
    process.send?.({ kind: "profiling" });
  }
  if (typeof message === "object" && message && "profileFile" in message) {
    const { profile } = await session.post("Profiler.stop");
    writeFileSync(String(message.profileFile), JSON.stringify(profile));
    process.send?.({ kind: "profiled" });
  }
});
