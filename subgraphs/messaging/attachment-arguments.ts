// The attachments of a message as a client gives them.
import { badInput } from "#kit/errors";
import { idOf } from "./arguments.ts";

interface Given {
  readonly body: string;
  readonly attachmentIds?: readonly string[] | null | undefined;
}

/**
 * Their canonical ids. Throws `BAD_USER_INPUT` for one that is there twice, and for a message
 * without a text and files.
 */
export function attachmentIdsFrom({ body, attachmentIds }: Given): string[] {
  const given = attachmentIds ?? [];
  const ids = given.map((id, at) => idOf("attachment", `input.attachmentIds[${at}]`, id));
  const twice = ids.findIndex((id, at) => ids.indexOf(id) !== at);
  if (twice >= 0) {
    const field = `input.attachmentIds[${twice}]`;
    throw badInput([{ field, message: "is there twice", received: given[twice] ?? null }]);
  }
  if (ids.length === 0 && body.trim() === "") {
    const message = "must have at least 1 character, unless the message has attachments";
    throw badInput([
      { field: "input.body", rule: "MIN_LENGTH", limit: 1, message, received: body },
    ]);
  }
  return ids;
}
