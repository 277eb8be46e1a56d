// The frames of a control stream, as the subgraph describes them in `extensions.live`. What follows
// from each is the concern of member.ts.
import type { FormattedExecutionResult } from "graphql";
import { z } from "zod";

const position = z.number();
const frameShape = z.union([
  /** The subscription is not shared. */
  z.object({ shareKey: z.null() }),
  z.object({ position, shareKey: z.string(), more: z.boolean(), head: z.number().optional() }),
  /** The viewer is revoked, and this position is the last that they may have. */
  z.object({ position, last: z.literal(true) }),
  /** A replayed event. */
  z.object({ position, previous: z.number() }),
]);

export type ControlFrame = z.infer<typeof frameShape>;

/** How far the replay is. The first one has the `head` of the stream at authorization. */
export type Checkpoint = Extract<ControlFrame, { readonly more: boolean }>;

/** The description of a frame; undefined for one that is not of the protocol. */
export function readControlFrame(event: FormattedExecutionResult): ControlFrame | undefined {
  return frameShape.safeParse(event.extensions?.live).data;
}
