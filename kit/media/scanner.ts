// Asks ClamAV whether a file is infected, by its command INSTREAM (clamd(8)): the file in chunks,
// each behind its length, then one of length zero. It does not start or update ClamAV.
import { createReadStream } from "node:fs";
import { connect } from "node:net";
import { pipeline } from "node:stream/promises";

/** `tooLarge`: above the `StreamMaxLength` of clamd. */
export type Verdict = "clean" | "infected" | "tooLarge";

export interface Scanner {
  /** Throws a `ScannerUnavailable` where there is no verdict. */
  scan(path: string): Promise<Verdict>;
}

export class ScannerUnavailable extends Error {
  override readonly name = "ScannerUnavailable";
}

const CHUNK_BYTES = 65_536;
const ANSWER_BYTES_MAX = 4_096;

/** `url` is `tcp://host:port`. A scan that takes longer than `timeoutMs` in all is none. */
export function createScanner(url: string, timeoutMs: number): Scanner {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return {
    async scan(path) {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        return verdictOf(await ask({ host, port: Number(port), signal }, path));
      } catch (error) {
        if (error instanceof ScannerUnavailable) throw error;
        const why = signal.aborted ? `no answer within ${timeoutMs} ms` : codeOf(error);
        throw new ScannerUnavailable(`The scanner gives no verdict (${why}).`);
      }
    },
  };
}

interface Address {
  readonly host: string;
  readonly port: number;
  readonly signal: AbortSignal;
}

async function ask({ host, port, signal }: Address, path: string): Promise<string> {
  const socket = connect({ host, port });
  const abort = () => void socket.destroy();
  signal.addEventListener("abort", abort);
  let answer = "";
  let failure: unknown;
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.setEncoding("latin1").on("data", (text: string) => {
    answer += text;
    // Its end, before we have sent all if the file is too large for it.
    if (answer.endsWith("\0") || answer.length > ANSWER_BYTES_MAX) socket.destroy();
  });
  socket.on("end", abort);
  await pipeline(chunksOf(path), socket, { end: false }).catch((error: unknown) => {
    failure = error;
    socket.destroy();
  });
  await closed;
  signal.removeEventListener("abort", abort);
  if (answer === "") throw failure;
  return answer;
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  yield Buffer.from("zINSTREAM\0");
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    yield length;
    yield chunk;
  }
  yield Buffer.alloc(4);
}

function verdictOf(answer: string): Verdict {
  const text = answer.replace(/\0+$/, "");
  if (text === "stream: OK") return "clean";
  if (/^stream: .+ FOUND$/.test(text)) return "infected";
  if (/^INSTREAM size limit exceeded\. ERROR$/.test(text)) return "tooLarge";
  throw new ScannerUnavailable("The scanner answered with something that is no verdict.");
}

function codeOf(error: unknown): string {
  return (error as { code?: string } | undefined)?.code ?? "the connection broke";
}
