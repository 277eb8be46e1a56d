// A request for a link to choose a new password, from the server to the worker.
import { z } from "zod";
import { sealedRequestKind } from "../sealed-requests.ts";

export const resetRequest = sealedRequestKind("accounts.password-reset");

/** Its content. After `expiresAt` nobody waits for the mail any more. */
export const resetRequestContent = z.object({ email: z.string(), expiresAt: z.iso.datetime() });
