// A request for a link to sign in, from the server to the worker.
import { z } from "zod";
import { sealedRequestKind } from "../sealed-requests.ts";

export const magicLinkRequest = sealedRequestKind("accounts.magic-link");

/** Its content: the secrets of the link, which the database has as hashes alone. */
export const magicLinkContent = z.object({
  email: z.string(),
  id: z.uuid(),
  token: z.string(),
  code: z.string(),
  expiresAt: z.iso.datetime(),
});
