// Files that are scanned, by a server that speaks the protocol of ClamAV's daemon: what it finds is
// refused, and without its verdict a file waits or is taken, by setting.
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createMedia, type Media } from "../../../kit/media/media.ts";
import { createScanner } from "../../../kit/media/scanner.ts";
import { mediaOfSettings, mediaShape } from "../../../kit/media/settings.ts";
import { readConfig } from "../../../kit/service/config.ts";
import { log } from "../jobs/harness.ts";
import { fileOf, PURPOSE } from "./made.ts";

/** The file that every scanner finds, in two parts: this one must not be found itself. */
const EICAR = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"}!$H+H*`;
const STREAM_BYTES_MAX = 1_000_000;

let daemon: Server;
/** How the server behaves, beside answering. */
let mood: "well" | "silent" | "closing" | "talking";
let scanned: Buffer[];
const open: Media[] = [];

beforeAll(async () => {
  daemon = createServer((socket) => {
    socket.on("error", () => undefined);
    if (mood === "closing") socket.destroy();
    else serve(socket);
  });
  await once(daemon.listen(0, "127.0.0.1"), "listening");
});

afterEach(() => {
  for (const media of open.splice(0)) media.stop();
});
afterAll(() => daemon.close());

/** INSTREAM as clamd(8) has it. */
function serve(socket: Socket): void {
  let received = Buffer.alloc(0);
  let file = Buffer.alloc(0);
  const answer = (text: string) => {
    socket.removeAllListeners("data").resume();
    if (mood !== "silent") socket.end(mood === "talking" ? "hello\0" : `${text}\0`);
  };
  const command = "zINSTREAM\0";
  let isOpen = false;
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    if (!isOpen) {
      if (received.length < command.length) return;
      if (received.toString("latin1", 0, command.length) !== command)
        return answer("UNKNOWN COMMAND");
      received = received.subarray(command.length);
      isOpen = true;
    }
    while (received.length >= 4) {
      const length = received.readUInt32BE();
      if (length === 0) return answer(verdictOn(file));
      if (received.length < 4 + length) return;
      file = Buffer.concat([file, received.subarray(4, 4 + length)]);
      received = received.subarray(4 + length);
      if (file.length > STREAM_BYTES_MAX) return answer("INSTREAM size limit exceeded. ERROR");
    }
  });
}

function verdictOn(file: Buffer): string {
  scanned.push(file);
  return file.includes(EICAR) ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
}

/** Sends a text; `scansAll` is whether files without a verdict wait. */
async function send(text: string, { scansAll = true, as = "well" as typeof mood } = {}) {
  mood = as;
  scanned = [];
  const { port } = daemon.address() as AddressInfo;
  const scanner = createScanner(`tcp://127.0.0.1:${port}`, as === "silent" ? 200 : 20_000);
  const media = createMedia({ log, scanner, scansAll });
  open.push(media);
  return media.process(fileOf("text/plain", Buffer.from(text)), PURPOSE);
}

describe("a scanned file", () => {
  it("is taken when nothing is found in it, and the scanner has seen all of it", async () => {
    const text = "a line\n".repeat(30_000);
    expect(await send(text)).toEqual({ kind: "document" });
    expect(scanned.map(String)).toEqual([text]);
  });

  it("is refused when something is found, whatever the setting", async () => {
    for (const scansAll of [true, false]) {
      expect(await send(EICAR, { scansAll })).toEqual({ kind: "refused", reason: "INFECTED" });
    }
  });

  it("that is too large for the scanner is refused, or taken where scans are no must", async () => {
    const text = "a line\n".repeat(300_000);
    expect(await send(text)).toEqual({ kind: "refused", reason: "NOT_SCANNED" });
    expect(await send(text, { scansAll: false })).toEqual({ kind: "document" });
  });

  it.each(["silent", "closing", "talking"] as const)(
    "waits for a scanner that is %s",
    async (as) => {
      const waits = { name: "JobFailure", isPermanent: false, message: /scanner/ };
      await expect(send("a", { as })).rejects.toMatchObject({
        ...waits,
        message: expect.stringMatching(waits.message),
      });
      expect(await send("a", { as, scansAll: false })).toEqual({ kind: "document" });
    },
  );
});

describe("the settings", () => {
  it("name a scanner by tcp alone", () => {
    const read = (CLAMAV_URL: string) => readConfig(mediaShape, { CLAMAV_URL });
    expect(read("tcp://localhost:3310").CLAMAV_REQUIRED).toBe("false");
    expect(() => read("http://localhost:3310")).toThrow("CLAMAV_URL: is not a tcp URL");
  });

  it("refuse to require scans without a scanner", () => {
    const settings = { CLAMAV_REQUIRED: "true", NODE_ENV: "production" } as const;
    expect(() => mediaOfSettings(settings, log)).toThrow("CLAMAV_URL is not set");
  });
});
