// Preloaded into a measured process: answers its parent with the CPU time that it has used, in
// microseconds, and the memory that it holds, in bytes; and ends when the parent is gone.
process.on("message", (message) => {
  if (message === "cpu") {
    const { user, system } = process.cpuUsage();
    process.send?.({ kind: "cpu", micros: user + system });
  }
  if (message === "memory") {
    process.send?.({ kind: "memory", bytes: process.memoryUsage.rss() });
  }
});
process.once("disconnect", () => process.exit(0));
