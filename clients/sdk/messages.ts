// The types of a page of a conversation and of its messages.
import type { ConversationPageQuery } from "./generated/operations.ts";

export type ConversationPage = NonNullable<ConversationPageQuery["conversation"]>;
export type Message = ConversationPage["messages"]["edges"][number]["node"];

/** A message as replies to it quote it. */
export type Quote = NonNullable<Message["replyTo"]>;
