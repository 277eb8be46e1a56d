// The modes in which a router may open a shared subscription, from `extensions.live` of
// `subscribe`. Without a mode it gets an ordinary stream.
import { z } from "zod";
import { fail } from "#kit/errors";
import type { Identity } from "#kit/trust/identity";

const SHARE_KEY_LENGTH_MAX = 200;

const modeShape = z.discriminatedUnion("mode", [
  /** The control stream of one viewer. */
  z.object({ mode: z.literal("control") }),
  /** The feed of all viewers with this share key. */
  z.object({ mode: z.literal("feed"), shareKey: z.string().min(1).max(SHARE_KEY_LENGTH_MAX) }),
]);

export type LiveMode = Readonly<z.infer<typeof modeShape>>;

/**
 * The mode in `extensions.live`; null for an ordinary stream. `BAD_REQUEST` for anything else,
 * `FORBIDDEN` when a viewer opens a feed, or an audience anything but a feed.
 */
export function liveModeOf(live: unknown, { kind }: Identity): LiveMode | null {
  const parsed = modeShape.optional().safeParse(live);
  if (!parsed.success) {
    throw fail("BAD_REQUEST", 'extensions.live must name a mode: "control", or "feed" with a key.');
  }
  const mode = parsed.data ?? null;
  if (mode?.mode === "feed" && kind !== "audience") {
    throw fail("FORBIDDEN", "A feed is opened for an audience, never for one person.");
  }
  if (mode?.mode !== "feed" && kind === "audience") {
    throw fail("FORBIDDEN", "An audience opens feeds and nothing else.");
  }
  return mode;
}
