// Choosing a new password with the link of a mail. The installation is known to the person's
// account from then on: it keeps the device token of the answer.
import {
  ResetPassword,
  type ResetPasswordInput,
  type ResetPasswordMutation,
} from "./generated/operations.ts";
import { dataOf } from "./http.ts";
import type { Session } from "./session.ts";

/** It begins no session. */
export function resetPassword(
  session: Session,
  input: ResetPasswordInput,
): Promise<ResetPasswordMutation["resetPassword"]> {
  return session.signInBy(async (http, device) => {
    const variables = { input: { ...device, ...input } };
    return dataOf(await http.post(ResetPassword, variables)).resetPassword;
  });
}
