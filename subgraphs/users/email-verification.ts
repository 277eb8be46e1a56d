// The setting that says whether people must confirm that an address is theirs.
import { z } from "zod";

export type EmailVerification = "required" | "off";

/** `off`: an account owns its address at once, for installations that send no mail. */
export const emailVerificationShape = {
  EMAIL_VERIFICATION: z.enum(["required", "off"]).default("required"),
};
