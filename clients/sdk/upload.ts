// Sends one file: hash, parts past the graph, and the end, with progress, pause and resume. The
// mutations that begin and finish it are the caller's, since each use of files has its own.
import { pauseMs } from "./closings.ts";
import { createObservable, type Observable } from "./observable.ts";
import { type Abort, type Clock, newAbort, pauseFor, systemClock } from "./platform.ts";
import { type PutPart, type SentBlob, sha256Of, systemPut } from "./upload-platform.ts";

/** An `UploadTicket` of the graph. */
export interface UploadTicket {
  readonly id: string;
  readonly parts: readonly UploadPart[];
}

export interface UploadPart {
  readonly number: number;
  readonly offset: number;
  readonly bytes: number;
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** The size and hash of a file, for the mutation that begins its upload. */
export interface HashedFile {
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface UploadState {
  /** `reading`: its hash is computed. `paused` also after too many failures: see `error`. */
  readonly status: "reading" | "sending" | "paused" | "finishing" | "done" | "failed" | "cancelled";
  readonly sentBytes: number;
  readonly bytes: number;
  /** Why it is `failed`, or has paused by itself; else null. */
  readonly error: unknown;
}

export interface UploadOptions {
  readonly file: SentBlob;
  /** Runs the mutation that begins the upload. A rejection fails it. */
  begin(file: HashedFile): Promise<UploadTicket>;
  /** Runs the mutation that finishes it. Resolves with a ticket when parts are missing. */
  finish(id: string): Promise<UploadTicket | null>;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly put?: PutPart;
}

export interface Upload extends Observable<UploadState> {
  /** Keeps what has arrived. */
  pause(): void;
  resume(): void;
  /** The server sweeps what has arrived. */
  cancel(): void;
}

/** Failures in a row after which it pauses by itself: it has waited two minutes then, at most. */
const TRIES = 8;
/** Tickets for one file: each has new addresses for what is missing. */
const TICKETS = 20;

/** Begins at once. */
export function startUpload(options: UploadOptions): Upload {
  const sending = new Sending(options);
  void sending.run();
  return sending;
}

class Sending implements Upload {
  readonly #options: UploadOptions;
  readonly #clock: Clock;
  readonly #put: PutPart;
  readonly #state;
  #abort: Abort | null = null;
  #endPause = () => {};
  #afterPause: (() => void) | null = null;

  constructor(options: UploadOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#put = options.put ?? systemPut();
    const bytes = options.file.size;
    this.#state = createObservable<UploadState>({
      status: "reading",
      sentBytes: 0,
      bytes,
      error: null,
    });
  }

  getSnapshot = () => this.#state.getSnapshot();
  subscribe = (listener: () => void) => this.#state.subscribe(listener);

  pause(): void {
    if (this.#status !== "sending") return;
    this.#set({ status: "paused", error: null });
    this.#interrupt();
  }

  resume(): void {
    if (this.#status !== "paused") return;
    this.#set({ status: "sending", error: null });
    this.#afterPause?.();
  }

  cancel(): void {
    if (this.#isOver) return;
    this.#set({ status: "cancelled" });
    this.#interrupt();
    this.#afterPause?.();
  }

  async run(): Promise<void> {
    try {
      const { file, begin, finish } = this.#options;
      const sha256 = await sha256Of(file);
      if (this.#isOver) return;
      let ticket: UploadTicket | null = await begin({ bytes: file.size, sha256 });
      for (let tickets = 1; ticket; tickets += 1) {
        if (tickets > TICKETS) throw new Error("The parts of the file do not arrive.");
        if (this.#isOver) return;
        this.#set({ status: "sending" });
        await this.#sendAll(ticket);
        if (this.#isOver) return;
        this.#set({ status: "finishing" });
        ticket = await finish(ticket.id);
      }
      if (this.#isOver) return;
      this.#set({ status: "done", sentBytes: file.size });
    } catch (error) {
      if (!this.#isOver) this.#set({ status: "failed", error });
    }
  }

  /** Returns early when an address is no longer good: the next ticket has new ones. */
  async #sendAll({ parts }: UploadTicket): Promise<void> {
    const missing = parts.reduce((sum, { bytes }) => sum + bytes, 0);
    let sent = this.#options.file.size - missing;
    for (const part of parts) {
      if (!(await this.#sendPart(part, sent))) return;
      sent += part.bytes;
      this.#set({ sentBytes: sent });
    }
  }

  /** Tries until the part has arrived. False when it is over, or the address is refused. */
  async #sendPart(part: UploadPart, sentBefore: number): Promise<boolean> {
    const { file, random } = this.#options;
    for (let failures = 0; ; ) {
      await this.#whilePaused();
      if (this.#isOver) return false;
      this.#abort = newAbort();
      const answer = await this.#put({
        url: part.url,
        headers: part.headers,
        body: file.slice(part.offset, part.offset + part.bytes),
        signal: this.#abort.signal,
        onProgress: (bytes) => this.#set({ sentBytes: sentBefore + bytes }),
      });
      this.#abort = null;
      if (answer === "sent") return true;
      this.#set({ sentBytes: sentBefore });
      if (answer === "refused") return false;
      if (this.#status !== "sending") continue;
      failures += 1;
      if (failures % TRIES === 0) {
        this.#set({ status: "paused", error: new Error("The storage cannot be reached.") });
        continue;
      }
      const pause = pauseFor(this.#clock, pauseMs(failures, random));
      this.#endPause = pause.end;
      await pause.over;
    }
  }

  #whilePaused(): Promise<void> {
    if (this.#status !== "paused") return Promise.resolve();
    return new Promise((resolve) => {
      this.#afterPause = () => {
        this.#afterPause = null;
        resolve();
      };
    });
  }

  #interrupt(): void {
    this.#abort?.abort();
    this.#endPause();
  }

  get #status(): UploadState["status"] {
    return this.#state.getSnapshot().status;
  }

  get #isOver(): boolean {
    return ["done", "failed", "cancelled"].includes(this.#status);
  }

  #set(change: Partial<UploadState>): void {
    this.#state.set({ ...this.#state.getSnapshot(), ...change });
  }
}
