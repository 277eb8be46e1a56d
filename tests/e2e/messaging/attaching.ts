// Sends files to conversations as clients do.
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import type { TokenHolder } from "../../kit/stories.ts";
import { factsOf, sendParts } from "../../kit/uploads.ts";
import { mutate } from "./harness.ts";

type Holder = Pick<TokenHolder, "token">;

export interface Link {
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

export interface Attachment {
  readonly id: string;
  readonly state: string;
  readonly kind: string | null;
  readonly fileName: string | null;
  readonly width: number | null;
  readonly link: Link | null;
  readonly preview: Link | null;
}

type Ticket = Parameters<typeof sendParts>[0];

interface SentFile {
  readonly contents: Uint8Array;
  readonly contentType: string;
  readonly fileName?: string;
}

/** The result of beginning to send a file. */
export async function begin(
  as: Holder,
  conversationId: string,
  { contents, contentType, fileName }: SentFile,
) {
  const file = { ...factsOf(contents, contentType), ...(fileName && { fileName }) };
  const result = await mutate("CreateAttachmentUpload", as, { conversationId, file });
  return result as typeof result & { readonly ticket?: Ticket };
}

/** Sends a file whole, and returns its id. */
export async function upload(as: Holder, conversationId: string, file: SentFile): Promise<string> {
  const { ticket } = await begin(as, conversationId, file);
  if (!ticket) throw new Error("the upload did not begin");
  await sendParts(ticket, file.contents);
  const { __typename } = await mutate("FinishAttachmentUpload", as, { uploadId: ticket.id });
  expect(__typename).toBe("FinishAttachmentUploadSuccess");
  return ticket.id;
}

/** Those of the attachments that a person may read. */
export async function attachments({ token }: Holder, ids: readonly string[]) {
  const data = await dataOf<{ attachments: Attachment[] }>(
    operation("Attachments"),
    { ids },
    { as: token },
  );
  return data.attachments;
}

/** Waits until a file has been looked at. */
export async function settled(as: Holder, id: string): Promise<Attachment> {
  const find = async () => (await attachments(as, [id]))[0];
  await expect.poll(async () => (await find())?.state).toMatch(/READY|REFUSED/);
  return (await find()) as Attachment;
}

/** What is behind a link; without its headers, as for somebody who was told the link alone. */
export async function follow({ url, headers }: Link, hasHeaders = true) {
  const own = Object.fromEntries(headers.map(({ name, value }) => [name, value]));
  const response = await fetch(url, { headers: hasHeaders ? own : {} });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, bytes, headers: response.headers };
}
