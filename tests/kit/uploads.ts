// Sends files as clients do: hash, ticket, parts, end.
import { createHash } from "node:crypto";
import { expect } from "vitest";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "./client.ts";
import type { Person } from "./stories.ts";

interface Part {
  readonly offset: number;
  readonly bytes: number;
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

interface Ticket {
  readonly id: string;
  readonly parts: readonly Part[];
}

/** Size and hash of a file, for the input of a mutation. */
export function factsOf(contents: Uint8Array, contentType: string) {
  const sha256 = createHash("sha256").update(contents).digest("hex");
  return { contentType, bytes: contents.byteLength, sha256 };
}

/** Sends all parts of a ticket. */
export async function sendParts({ parts }: Ticket, contents: Uint8Array): Promise<void> {
  for (const { offset, bytes, url, headers } of parts) {
    const own = headers.filter(({ name }) => name !== "content-length");
    const { status } = await fetch(url, {
      method: "PUT",
      headers: Object.fromEntries(own.map(({ name, value }) => [name, value])),
      body: Buffer.from(contents.subarray(offset, offset + bytes)),
    });
    expect(status).toBe(200);
  }
}

interface Avatar {
  readonly avatarUrl: string | null;
  readonly avatarUpload: {
    readonly id: string;
    readonly state: string;
    readonly refusal: string | null;
  } | null;
}

export async function ownAvatar({ token }: Person): Promise<Avatar> {
  return (await dataOf<{ me: Avatar }>(operation("OwnAvatar"), {}, { as: token })).me;
}

/** Begins to send a picture of a person. */
export async function beginAvatar(
  { token }: Person,
  contents: Uint8Array,
  contentType = "image/png",
): Promise<Ticket> {
  const input = { file: factsOf(contents, contentType) };
  const { createAvatarUpload } = await dataOf<{
    createAvatarUpload: { __typename: string; ticket: Ticket };
  }>(operation("CreateAvatarUpload"), { input }, { as: token });
  expect(createAvatarUpload.__typename).toBe("CreateAvatarUploadSuccess");
  return createAvatarUpload.ticket;
}

/** Gives the name of the outcome. */
export async function finishAvatar({ token }: Person, uploadId: string): Promise<string> {
  const { finishAvatarUpload } = await dataOf<{ finishAvatarUpload: { __typename: string } }>(
    operation("FinishAvatarUpload"),
    { input: { uploadId } },
    { as: token },
  );
  return finishAvatarUpload.__typename;
}

/** Sends a picture and waits until it is looked at. */
export async function sendAvatar(
  person: Person,
  contents: Uint8Array,
  contentType = "image/png",
): Promise<Avatar> {
  const ticket = await beginAvatar(person, contents, contentType);
  await sendParts(ticket, contents);
  expect(await finishAvatar(person, ticket.id)).toBe("FinishAvatarUploadSuccess");
  await expect
    .poll(async () => (await ownAvatar(person)).avatarUpload?.state)
    .toMatch(/READY|REFUSED/);
  return ownAvatar(person);
}

/** The first file of a run starts the process that looks at it. */
const LOOKED_AT = { timeout: 30_000 };

interface Cover {
  readonly id: string;
  readonly coverUrl: string | null;
  readonly coverUpload: Avatar["avatarUpload"];
}

/** The cover of an event, as this person sees it. Null for an event that they do not see. */
export async function coverOf({ token }: Pick<Person, "token">, id: string): Promise<Cover | null> {
  return (await dataOf<{ event: Cover | null }>(operation("EventCover"), { id }, { as: token }))
    .event;
}

/** Begins to send the cover of an event. */
export async function beginCover(
  { token }: Pick<Person, "token">,
  eventId: string,
  contents: Uint8Array,
  contentType = "image/png",
): Promise<Ticket> {
  const input = { eventId, file: factsOf(contents, contentType) };
  const { createCoverUpload } = await dataOf<{
    createCoverUpload: { __typename: string; ticket: Ticket };
  }>(operation("CreateCoverUpload"), { input }, { as: token });
  expect(createCoverUpload.__typename).toBe("CreateCoverUploadSuccess");
  return createCoverUpload.ticket;
}

/** Gives the name of the outcome. */
export async function finishCover(
  { token }: Pick<Person, "token">,
  uploadId: string,
): Promise<string> {
  const { finishCoverUpload } = await dataOf<{ finishCoverUpload: { __typename: string } }>(
    operation("FinishCoverUpload"),
    { input: { uploadId } },
    { as: token },
  );
  return finishCoverUpload.__typename;
}

/** Sends the cover of an event and waits until it is looked at. */
export async function sendCover(
  person: Pick<Person, "token">,
  eventId: string,
  contents: Uint8Array,
  contentType = "image/png",
): Promise<Cover> {
  const ticket = await beginCover(person, eventId, contents, contentType);
  await sendParts(ticket, contents);
  expect(await finishCover(person, ticket.id)).toBe("FinishCoverUploadSuccess");
  await expect
    .poll(async () => (await coverOf(person, eventId))?.coverUpload?.state, LOOKED_AT)
    .toMatch(/READY|REFUSED/);
  return (await coverOf(person, eventId)) as Cover;
}

/** Begins to send the picture of a group. */
export async function beginGroupPicture(
  { token }: Pick<Person, "token">,
  conversationId: string,
  contents: Uint8Array,
): Promise<Ticket> {
  const input = { conversationId, file: factsOf(contents, "image/png") };
  type Data = { readonly createConversationPictureUpload: { readonly ticket?: Ticket } };
  const document = operation("CreateConversationPictureUpload");
  const { createConversationPictureUpload: begun } = await dataOf<Data>(
    document,
    { input },
    { as: token },
  );
  expect(begun).toHaveProperty("ticket");
  return begun.ticket as Ticket;
}
