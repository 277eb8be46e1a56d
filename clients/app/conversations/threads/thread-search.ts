// The thread that is open beside a conversation, as the address of the page names it.

/** A part of the address; without it, no thread is open. */
export interface ThreadSearch {
  /** The id of the message with which it begins. */
  readonly thread?: string;
}

/** Leaves anything but the id of a message out of the address. */
export function threadOf({ thread }: Readonly<Record<string, unknown>>): ThreadSearch {
  return typeof thread === "string" && ID.test(thread) ? { thread } : {};
}

const ID = /^[\w-]{1,64}$/;
