// Preloaded into a measured process: answers its parent with the CPU time that it has used, in
// microseconds, and the memory that it holds, in bytes, without its garbage where it was told to
// collect that and may; and ends when the parent is gone.
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
