// Preloaded into a measured process: answers its parent with the CPU time that it has used, in
// microseconds.
process.on("message", (message) => {
  if (message !== "cpu") return;
  const { user, system } = process.cpuUsage();
  process.send?.({ kind: "cpu", micros: user + system });
});
