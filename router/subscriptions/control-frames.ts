// What a control stream says beside its events, in their extensions. What follows from it is
// member.ts' concern.
import type { FormattedExecutionResult } from "graphql";
import { z } from "zod";

const place = { position: z.number() };
const liveShape = z.union([
  /** It is one viewer's own, and not told here. */
  z.object({ shareKey: z.null() }),
  z.object({ ...place, shareKey: z.string(), more: z.boolean(), head: z.number().optional() }),
  z.object({ ...place, last: z.literal(true) }),
  z.object({ ...place, previous: z.number() }),
]);

export type ControlFrame = z.infer<typeof liveShape>;

/** Where a viewer is; the first one says by `head` where the stream was at their admission. */
export type Checkpoint = Extract<ControlFrame, { readonly more: boolean }>;

/** What a frame of a control stream says; undefined where nobody understands it. */
export function readControlFrame(event: FormattedExecutionResult): ControlFrame | undefined {
  return liveShape.safeParse(event.extensions?.live).data;
}
