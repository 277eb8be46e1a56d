// The local mailbox at /mailbox: a page for people, and JSON for tests. It comes from the process
// at MAILBOX_URL, so that links in mails and the mailbox have one origin. Not in production.
import type { FastifyInstance } from "fastify";
import { request } from "undici";

const PATHS = { "/mailbox": "/", "/mailbox/messages": "/messages" } as const;

/** Adds both paths. */
export function serveMailbox(app: FastifyInstance, mailboxUrl: string): void {
  for (const [path, target] of Object.entries(PATHS)) {
    app.get(path, async ({ url }, reply) => {
      const from = new URL(target, mailboxUrl);
      from.search = new URL(url, mailboxUrl).search;
      const { statusCode, headers, body } = await request(from);
      for (const name of ["content-type", "content-security-policy"]) {
        const value = headers[name];
        if (value !== undefined) void reply.header(name, value);
      }
      return reply.code(statusCode).send(await body.text());
    });
  }
}
