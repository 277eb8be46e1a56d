// The peer: one file by ranges from a bare Node.js server, without signatures, facts or headers.
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";

const [, , path = ""] = process.argv;
const server = createServer((request, response) => {
  const [, start = "0", end = "0"] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
  response.writeHead(206, { "content-length": Number(end) - Number(start) + 1 });
  const bytes = createReadStream(path, { start: Number(start), end: Number(end) });
  pipeline(bytes, response).catch(() => {});
});
server.listen(0, "127.0.0.1", 4_096, () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
