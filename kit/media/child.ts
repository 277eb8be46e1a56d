// The process that decodes what people send: one file at a time. It has no settings, no keys and no
// database. It may be killed at any moment, and ends itself when it outgrows its memory.
import { OUT_OF_MEMORY, requestShape } from "#kit/media/protocol";
import { readMedia } from "#kit/media/reading";

const MEMORY_CHECK_MS = 20;

const memoryBytesMax = Number(process.argv[2]) * 1_000_000;
// The decoders work in threads, so that this one is free to look.
setInterval(() => {
  if (process.memoryUsage.rss() > memoryBytesMax) process.exit(OUT_OF_MEMORY);
}, MEMORY_CHECK_MS);

process.on("disconnect", () => process.exit());
process.on("message", (message) => {
  void readMedia(requestShape.parse(message)).then((result) => process.send?.({ result }));
});
process.send?.("ready");
