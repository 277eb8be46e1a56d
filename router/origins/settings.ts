// Reads PUBLIC_URL and CORS_ORIGINS. Both are exact origins: a pattern would let a site in that
// somebody else can have.
import { z } from "zod";

/** `https://meetinity.example`: a scheme, a host and perhaps a port. */
export const publicUrlSetting = z
  .string()
  .transform(withoutSlash)
  .refine(isOrigin, { error: "is no origin such as https://meetinity.example, without a path" });

/** Origins of other apps, with commas between them. */
export const corsOriginsSetting = z
  .string()
  .transform((text) => text.split(",").map((each) => each.trim()))
  .refine((origins): boolean => origins.every(isOrigin), {
    error:
      "is no list of exact origins such as https://portal.example: no *, no null, no paths, " +
      "no slash at the end",
  });

function withoutSlash(text: string): string {
  return text.replace(/\/$/, "");
}

/** A URL may have a `*` in its host. */
const ORIGIN = /^https?:\/\/(?:[a-z\d.-]+|\[[\da-f:]+\])(?::\d+)?$/;

function isOrigin(text: string): boolean {
  return ORIGIN.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
