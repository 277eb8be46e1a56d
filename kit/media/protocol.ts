// The messages between the worker and its process for media.
import { z } from "zod";
import { MEDIA_KINDS, mediaResultShape } from "#kit/media/results";

export const requestShape = z.object({
  path: z.string(),
  contentType: z.string(),
  purpose: z.object({
    kinds: z.array(z.enum(MEDIA_KINDS)),
    renditions: z.array(
      z.object({
        name: z.string(),
        width: z.number(),
        height: z.number(),
        fit: z.enum(["inside", "cover"]).optional(),
      }),
    ),
    durationMsMax: z.number(),
  }),
});
export type MediaRequest = z.output<typeof requestShape>;

export const answerShape = z.object({ result: mediaResultShape });

/** Exit code of a process that has outgrown its memory. */
export const OUT_OF_MEMORY = 70;
