// The modes in which a router may open a subscription, as it names them in `extensions.live`: the
// ordinary one when it names none, a control stream of one viewer, the feed that many viewers
// share. What they send is not said here.
import { z } from "zod";
import { fail } from "#kit/errors";
import type { Identity } from "#kit/trust/identity";

export type LiveMode =
  | { readonly mode: "ordinary" }
  | { readonly mode: "control" }
  | { readonly mode: "feed"; readonly shareKey: string };

const SHARE_KEY_LENGTH_MAX = 200;

const modeShape = z
  .discriminatedUnion("mode", [
    z.object({ mode: z.literal("control") }),
    z.object({
      mode: z.literal("feed"),
      shareKey: z.string().min(1).max(SHARE_KEY_LENGTH_MAX),
    }),
  ])
  .optional();

/**
 * The mode that `extensions.live` asks for. `BAD_REQUEST` for what is none, `FORBIDDEN` when it is
 * not for who asks: a feed is for an audience, and an audience opens nothing else.
 */
export function liveModeOf(asked: unknown, { kind }: Identity): LiveMode {
  const parsed = modeShape.safeParse(asked);
  if (!parsed.success) {
    throw fail("BAD_REQUEST", 'extensions.live must name a mode: "control", or "feed" with a key.');
  }
  const mode = parsed.data ?? { mode: "ordinary" };
  if (mode.mode === "feed" && kind !== "audience") {
    throw fail("FORBIDDEN", "A feed is opened for an audience, never for one person.");
  }
  if (mode.mode !== "feed" && kind === "audience") {
    throw fail("FORBIDDEN", "An audience opens feeds and nothing else.");
  }
  return mode;
}
