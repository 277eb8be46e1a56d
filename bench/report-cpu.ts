// Preloaded into a measured process: answers its parent with its CPU time in microseconds and its
// memory in bytes (after a collection, if requested and possible), and ends with its parent.
process.on("message", (message) => {
  if (message === "cpu") {
    const { user, system } = process.cpuUsage();
    process.send?.({ kind: "cpu", micros: user + system });
  }
  if (message === "memory") {
    process.send?.({ kind: "memory", bytes: process.memoryUsage.rss() });
  }
});
process.on("message", (message) => {
  if (message !== "collected") return;
  globalThis.gc?.();
  process.send?.({ kind: "collected" });
});
process.once("disconnect", () => process.exit(0));
