// The files that a person adds to a message. They are sent at once, two at a time, and the message
// waits until all of them have arrived. A tray stays while other screens are shown.
import {
  createObservable,
  NetworkError,
  type Observable,
  type OutgoingFile,
} from "@meetinity/client";
import type { Upload, UploadState } from "@meetinity/client/upload";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { onReturn } from "@meetinity/ui/offline/away.ts";
import i18next, { type TFunction } from "i18next";
import { client } from "../../shell/client.ts";
import { contentTypeOf, fileNameOf } from "./file-facts.ts";
import { keepOwn } from "./files.ts";
import { type FileToSend, isFinal, removeFile, sendFile } from "./sending.ts";

/** As many files a message has. */
const FILES_MAX = 10;
const AT_ONCE = 2;

export interface TrayFile extends FileToSend {
  readonly key: string;
  /** Of a picture, as long as it is here. */
  readonly url: string | null;
  /** Of a recording of the app. */
  readonly durationMs: number | null;
  readonly status: UploadState["status"] | "queued";
  readonly sentBytes: number;
  readonly error: unknown;
  /** Another try would be refused too. */
  readonly isFinal: boolean;
}

export interface TrayState {
  readonly files: readonly TrayFile[];
  /** The message is sent as soon as all have arrived. */
  readonly isWaiting: boolean;
}

/** A voice message that the app has recorded. */
export interface Recording {
  readonly blob: Blob;
  readonly durationMs: number;
}

export type Deliver = (files: readonly OutgoingFile[]) => void;

interface Sending {
  readonly upload: Upload;
  id: string | null;
}

const BUSY: readonly string[] = ["reading", "sending", "finishing"];
const QUEUED = { status: "queued", sentBytes: 0, error: null, isFinal: false } as const;

export class Tray implements Observable<TrayState> {
  readonly #conversationId: string;
  readonly #state = createObservable<TrayState>({ files: [], isWaiting: false });
  readonly #sendings = new Map<string, Sending>();
  #deliver: Deliver | null = null;
  /** The files of the message that waits. Those that are added meanwhile are of the next one. */
  #waiting: ReadonlySet<string> = new Set();

  constructor(conversationId: string) {
    this.#conversationId = conversationId;
  }

  getSnapshot = () => this.#state.getSnapshot();
  subscribe = (listener: () => void) => this.#state.subscribe(listener);

  /** A notice says when there are too many for one message. */
  add(files: readonly File[]): void {
    const free = FILES_MAX - this.#files.length;
    const added = files.slice(0, Math.max(0, free)).map((blob) => {
      const contentType = contentTypeOf(blob);
      return newFile({ blob, contentType, fileName: fileNameOf(blob.name) }, null);
    });
    this.#set({ files: [...this.#files, ...added] });
    this.#startNext();
    if (added.length < files.length) sayFailure(tooMany());
  }

  addRecording({ blob, durationMs }: Recording): void {
    const contentType = contentTypeOf({ type: blob.type });
    const file = newFile({ blob, contentType, fileName: null }, durationMs);
    this.#set({ files: [...this.#files, file] });
    this.#startNext();
  }

  remove(key: string): void {
    this.#drop(key);
    const sending = this.#sendings.get(key);
    this.#sendings.delete(key);
    sending?.upload.cancel();
    if (sending?.id) removeFile(sending.id);
    if (!this.#files.some((file) => this.#waiting.has(file.key))) this.stopWaiting();
    this.#startNext();
    this.#deliverIfDone();
  }

  pause(key: string): void {
    this.#sendings.get(key)?.upload.pause();
  }

  /** Goes on after a pause, and begins anew after a failure. */
  resume(key: string): void {
    const { status } = this.#files.find((file) => file.key === key) ?? {};
    if (status === "paused") this.#sendings.get(key)?.upload.resume();
    if (status !== "failed") return;
    this.#sendings.delete(key);
    this.#change(key, QUEUED);
    this.#startNext();
  }

  /** Resumes the uploads that the network has ended. */
  goOn(): void {
    for (const { key, status, error } of this.#files) {
      const isLost = status === "paused" ? error !== null : error instanceof NetworkError;
      if (isLost) this.resume(key);
    }
  }

  /** Calls it once, with the files as they are sent, and is empty then. Not with failed files. */
  whenArrived(deliver: Deliver): void {
    if (this.#files.some(({ status }) => status === "failed")) return;
    this.#deliver = deliver;
    this.#waiting = new Set(this.#files.map(({ key }) => key));
    this.#set({ isWaiting: true });
    this.#deliverIfDone();
  }

  stopWaiting(): void {
    this.#deliver = null;
    this.#set({ isWaiting: false });
  }

  get #files(): readonly TrayFile[] {
    return this.getSnapshot().files;
  }

  #startNext(): void {
    const busy = this.#files.filter(({ status }) => BUSY.includes(status)).length;
    const queued = this.#files.filter(({ status }) => status === "queued");
    for (const file of queued.slice(0, Math.max(0, AT_ONCE - busy))) this.#start(file);
  }

  #start(file: TrayFile): void {
    const { key } = file;
    const upload = sendFile(this.#conversationId, file, (id) => {
      sending.id = id;
      if (this.#sendings.get(key) !== sending) removeFile(id);
    });
    const sending: Sending = { upload, id: null };
    this.#sendings.set(key, sending);
    const follow = () => {
      if (this.#sendings.get(key) !== sending) return;
      const { status, sentBytes, error } = upload.getSnapshot();
      this.#change(key, { status, sentBytes, error, isFinal: isFinal(error) });
      if (status === "failed" && this.#waiting.has(key)) this.stopWaiting();
      if (!BUSY.includes(status)) this.#startNext();
      if (status === "done") this.#deliverIfDone();
    };
    upload.subscribe(follow);
    follow();
  }

  #deliverIfDone(): void {
    const files = this.#files.filter(({ key }) => this.#waiting.has(key));
    const deliver = this.#deliver;
    if (!deliver || files.some(({ status }) => status !== "done")) return;
    const outgoing = files.map(({ key, contentType, fileName, blob, durationMs }) => {
      const id = this.#sendings.get(key)?.id ?? "";
      keepOwn(id, blob);
      return { id, contentType, fileName, bytes: blob.size, durationMs };
    });
    for (const { key } of files) {
      this.#drop(key);
      this.#sendings.delete(key);
    }
    this.stopWaiting();
    deliver(outgoing);
  }

  #drop(key: string): void {
    const { url } = this.#files.find((file) => file.key === key) ?? {};
    if (url) URL.revokeObjectURL(url);
    this.#set({ files: this.#files.filter((file) => file.key !== key) });
  }

  #change(key: string, change: Partial<TrayFile>): void {
    const files = this.#files.map((file) => (file.key === key ? { ...file, ...change } : file));
    this.#set({ files });
  }

  #set(change: Partial<TrayState>): void {
    this.#state.set({ ...this.getSnapshot(), ...change });
  }
}

function newFile(file: FileToSend, durationMs: number | null): TrayFile {
  const isPicture = file.contentType.startsWith("image/");
  const url = isPicture ? URL.createObjectURL(file.blob) : null;
  return { ...file, ...QUEUED, key: crypto.randomUUID(), url, durationMs };
}

function tooMany(): string {
  const t: TFunction<"attachments"> = i18next.getFixedT(null, "attachments");
  return t("tray.tooMany", { count: FILES_MAX });
}

const trays = new Map<string, Tray>();
let owner = client.session.getSnapshot().viewerId;

/** The tray of a field, by the conversation or thread for which it is. */
export function trayOf(key: string, conversationId: string): Tray {
  const tray = trays.get(key) ?? new Tray(conversationId);
  trays.set(key, tray);
  return tray;
}

onReturn(client, () => {
  for (const tray of trays.values()) tray.goOn();
});

client.session.subscribe(() => {
  const { viewerId } = client.session.getSnapshot();
  if (viewerId === owner) return;
  owner = viewerId;
  for (const tray of trays.values()) {
    for (const { key } of tray.getSnapshot().files) tray.remove(key);
  }
  trays.clear();
});
