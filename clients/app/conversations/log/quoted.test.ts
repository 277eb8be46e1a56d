// Guarantees about the message that a reply quotes.
import type { Message } from "@meetinity/client";
import { expect, test } from "vitest";
import { quotedBy } from "./quoted.ts";

function message(seq: number, body: string | null): Message {
  return { id: `m${seq}`, seq, body, sender: null } as unknown as Message;
}

const HERE = [message(4, "four"), message(5, null), message(7, "seven")];

function reply(seq: number, replyTo: Message | null): Pick<Message, "replyTo" | "replyToId"> {
  return { replyToId: `m${seq}`, replyTo: replyTo as Message["replyTo"] };
}

test("a quote shows the message as it is now, when it is here", () => {
  expect(quotedBy(reply(5, message(5, "the text before it was deleted")), HERE)?.body).toBeNull();
  expect(quotedBy(reply(4, message(4, "before the edit")), HERE)?.body).toBe("four");
});

test("a quote of a message that is not here shows what came with the reply", () => {
  expect(quotedBy(reply(2, message(2, "two")), HERE)?.body).toBe("two");
  expect(quotedBy(reply(6, message(6, "six")), HERE)?.body).toBe("six");
});

test("a quote that did not come with the reply is found among the messages that are here", () => {
  expect(quotedBy(reply(7, null), HERE)?.body).toBe("seven");
  expect(quotedBy(reply(2, null), HERE)).toBeNull();
  expect(quotedBy({ replyToId: null, replyTo: null }, HERE)).toBeNull();
});
