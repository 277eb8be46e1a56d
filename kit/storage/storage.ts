// The port to stored files: any S3, or the embedded store, which speaks the same. Clients send and
// read bytes by signed URLs, past router and subgraphs. Errors are `StorageFailure`s.
import type { Readable } from "node:stream";

export interface NewUpload {
  /** Small letters, digits and `-`, with `/` between them; at most 200. */
  readonly key: string;
  /** The type that links give, unless they say otherwise. */
  readonly contentType: string;
  /** Of the whole file; at least 1. */
  readonly bytes: number;
  /** Seconds, at most a week. */
  readonly expiresIn: number;
}

export interface OpenUpload extends Omit<NewUpload, "contentType"> {
  readonly uploadId: string;
}

/** A request that a client makes by itself: PUT of a part, or GET of a file. */
export interface SignedUrl {
  readonly url: string;
  /** Exactly these must be sent; a browser sets `content-length` by itself. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface UploadPart extends SignedUrl {
  /** From 1. Parts follow each other in the file. */
  readonly number: number;
  /** Where it begins in the file. */
  readonly offset: number;
  readonly bytes: number;
}

export interface StartedUpload {
  readonly uploadId: string;
  readonly parts: readonly UploadPart[];
}

export interface SentPart {
  readonly number: number;
  readonly bytes: number;
  readonly etag: string;
}

export interface StoredFacts {
  readonly bytes: number;
  readonly contentType: string;
  readonly etag: string;
}

export interface StoredFile extends StoredFacts {
  /** Must be read to its end or destroyed. */
  readonly body: Readable;
}

export interface LinkOptions {
  readonly key: string;
  /** Seconds. The link lives at least half of it; links of one such half are equal, for caches. */
  readonly expiresIn: number;
  readonly contentType: string;
  /** For the reader's disk; any text. */
  readonly fileName?: string;
  /** `inline` only for what we have encoded ourselves. */
  readonly disposition: "attachment" | "inline";
  /** The id of the only person who may use it. The link then has headers. */
  readonly holder?: string;
}

export interface ByteRange {
  readonly start: number;
  /** The last byte, included. */
  readonly end: number;
}

export interface Storage {
  startUpload(upload: NewUpload): Promise<StartedUpload>;
  /** New URLs for the parts that are missing, or have a wrong size. */
  resumeUpload(upload: OpenUpload): Promise<readonly UploadPart[]>;
  /** The parts that have arrived, by their numbers. */
  listParts(upload: Pick<OpenUpload, "key" | "uploadId">): Promise<readonly SentPart[]>;
  /** Makes the file. Safe to repeat. Throws `UPLOAD_INCOMPLETE` and keeps the parts. */
  finishUpload(upload: Omit<OpenUpload, "expiresIn">): Promise<StoredFacts>;
  /** Safe to repeat. */
  abortUpload(upload: Pick<OpenUpload, "key" | "uploadId">): Promise<void>;
  /** Makes no request; the file need not be there. */
  link(options: LinkOptions): SignedUrl;
  read(key: string, range?: ByteRange): Promise<StoredFile>;
  write(file: {
    readonly key: string;
    readonly contentType: string;
    readonly body: Uint8Array;
  }): Promise<StoredFacts>;
  /** Null if there is none. */
  stat(key: string): Promise<StoredFacts | null>;
  /** Safe to repeat. */
  remove(keys: readonly string[]): Promise<void>;
  /** Rejects when the store does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
}
