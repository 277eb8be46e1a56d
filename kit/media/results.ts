// The words of media: which kinds of files there are, what a purpose wants, and how processing
// ends. The process that decodes files answers in these shapes, and is not trusted to.
import { z } from "zod";

export const MEDIA_KINDS = ["image", "audio", "document"] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** Why a file is not taken. None of them goes away by trying again. */
export const REFUSALS = [
  /** No image, audio or document that we know, or none of what the purpose takes. */
  "UNSUPPORTED_KIND",
  /** The content is something else than its declared type says. */
  "KIND_MISMATCH",
  "SIZE_MISMATCH",
  "HASH_MISMATCH",
  "TOO_MANY_PIXELS",
  "TOO_LONG",
  /** It is of its type, and cannot be decoded to the end. */
  "BROKEN",
  /** It ended the process that decodes, by time, memory or a crash, twice. */
  "UNPROCESSABLE",
  "INFECTED",
  /** It must be scanned, and is larger than the scanner takes. */
  "NOT_SCANNED",
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** A picture that is made of an image. It is never enlarged. */
export interface RenditionSize {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** `cover` cuts the image to the ratio of the size, around its middle. Default `inside`. */
  readonly fit?: "inside" | "cover" | undefined;
}

/** The use of files: the kinds that it takes, and the renditions that it needs. */
export interface MediaPurpose {
  readonly kinds: readonly MediaKind[];
  /** The smallest first. */
  readonly renditions: readonly RenditionSize[];
  readonly durationMsMax: number;
}

const side = z.number().int().positive();
const RENDITION_BYTES_MAX = 8_000_000;
const bytes = z
  .instanceof(Uint8Array)
  .refine(({ byteLength }) => byteLength > 0 && byteLength <= RENDITION_BYTES_MAX);

const imageShape = z.object({
  kind: z.literal("image"),
  /** Of the upright image. */
  width: side,
  height: side,
  renditions: z.array(z.object({ name: z.string(), width: side, height: side, contents: bytes })),
  /** A picture of a few pixels, as WebP, to be shown until a rendition is there. */
  placeholder: bytes,
});

const audioShape = z.object({
  kind: z.literal("audio"),
  durationMs: z.number().int().nonnegative(),
});

const documentShape = z.object({ kind: z.literal("document") });

const refusedShape = z.object({ kind: z.literal("refused"), reason: z.enum(REFUSALS) });

/**
 * The result of looking at a file. Of an image only its renditions, WebP without metadata, are to
 * be kept and shown. Audio and documents are kept as they are, with the metadata that their author
 * left in them.
 */
export const mediaResultShape = z.discriminatedUnion("kind", [
  imageShape,
  audioShape,
  documentShape,
  refusedShape,
]);
export type MediaResult = z.output<typeof mediaResultShape>;
export type ImageResult = z.output<typeof imageShape>;

export const refused = (reason: Refusal): MediaResult => ({ kind: "refused", reason });
