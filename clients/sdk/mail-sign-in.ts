// Signing in by mail. A link or a code works only together with the attempt of the request, which a
// browser has in a cookie of the router, and others in memory: until the app is closed.
import {
  RequestMagicLink,
  type RequestMagicLinkMutation,
  SignInWithMagicCode,
  type SignInWithMagicCodeMutation,
  SignInWithMagicLink,
  type SignInWithMagicLinkMutation,
} from "./generated/operations.ts";
import { dataOf } from "./http.ts";
import type { Session } from "./session.ts";

/** One for a client: it keeps the attempt. */
export class MailSignIn {
  readonly #session: Session;
  /** Empty where it is in a cookie. */
  #attempt = "";

  /** Takes the session of the client, in which it begins. */
  constructor(session: Session) {
    this.#session = session;
  }

  /** Has a mail sent. Asked again, the mails before go on working. */
  async request(email: string): Promise<RequestMagicLinkMutation["requestMagicLink"]> {
    const input = { email, ...(this.#attempt && { attempt: this.#attempt }) };
    const answer = await this.#session.signInBy(
      async (http) => dataOf(await http.post(RequestMagicLink, { input })).requestMagicLink,
    );
    this.#attempt = answer.attempt;
    return answer;
  }

  /** Call it when the person asks for it, not when the link is opened: programs open links, too. */
  byLink(token: string): Promise<SignInWithMagicLinkMutation["signInWithMagicLink"]> {
    const input = { token, attempt: this.#attempt };
    return this.#session.signInBy(async (http, device) => {
      const variables = { input: { ...device, ...input } };
      return dataOf(await http.post(SignInWithMagicLink, variables)).signInWithMagicLink;
    });
  }

  /** The six digits of a mail that was opened elsewhere. */
  byCode(code: string): Promise<SignInWithMagicCodeMutation["signInWithMagicCode"]> {
    const input = { code, attempt: this.#attempt };
    return this.#session.signInBy(async (http, device) => {
      const variables = { input: { ...device, ...input } };
      return dataOf(await http.post(SignInWithMagicCode, variables)).signInWithMagicCode;
    });
  }
}
