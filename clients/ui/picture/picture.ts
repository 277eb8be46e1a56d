// A use of pictures, as it says of itself: how its pictures look, how they are sent, and the words
// around them. Pictures of people, covers and pictures of groups have the same screens.
import type { Upload } from "@meetinity/client/upload";

export interface PictureUse {
  /** The width of what is cut out by its height. */
  readonly aspect: number;
  /** Of what is sent: twice the largest size that is shown. */
  readonly widthMax: number;
  readonly isRound?: boolean;
  /** Offers the camera of a phone that looks that way. */
  readonly camera: "user" | "environment";
  /** Sends the part that was cut out. */
  send(part: Blob): Upload;
  /** Removes it for good. */
  remove(): Promise<void>;
  /** Reads it anew, and what became of the last one that was sent. */
  read(): Promise<PictureState | null>;
}

export interface PictureState {
  readonly url: string | null;
  readonly upload: SentPicture | null;
}

interface SentPicture {
  readonly state: "UPLOADING" | "PROCESSING" | "READY" | "REFUSED";
  readonly refusal: PictureRefusal | null;
}

/** As in the graph. */
export type PictureRefusal =
  | "UNSUPPORTED_KIND"
  | "TOO_LARGE"
  | "KIND_MISMATCH"
  | "SIZE_MISMATCH"
  | "HASH_MISMATCH"
  | "TOO_MANY_PIXELS"
  | "TOO_LONG"
  | "BROKEN"
  | "UNPROCESSABLE"
  | "INFECTED"
  | "NOT_SCANNED";

/** The words of a use, in the reader's language. */
export interface PictureWords {
  /** Of its section. */
  readonly heading: string;
  /** Of its dialog. */
  readonly title: string;
  readonly hint: string;
  readonly add: string;
  readonly change: string;
  readonly remove: string;
  readonly removeTitle: string;
  readonly removeText: string;
  readonly removed: string;
  readonly shown: string;
}
