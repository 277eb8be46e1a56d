// Preloaded into a measured process: answers its parent with its CPU time in microseconds and its
// memory in bytes (of the process, or what it holds after a collection), and ends with its parent.
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
process.on("message", (message) => {
  if (message !== "held") return;
  globalThis.gc?.();
  // Buffers that the first collection frees count until the next one.
  setImmediate(() => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    process.send?.({ kind: "held", bytes: heapUsed + external });
  });
});
process.once("disconnect", () => process.exit(0));
