// The lists of conversations, as the address of the page names them.
import type { ConversationFilter } from "@meetinity/client/operations";

const FILTERS = {
  unread: "UNREAD",
  favourites: "FAVOURITE",
  groups: "GROUPS",
  direct: "DIRECT",
  archived: "ARCHIVED",
} as const satisfies Readonly<Record<string, ConversationFilter>>;

/** One that is not of all conversations. */
export type ListName = keyof typeof FILTERS;

/** Those to choose from above the list. The archive has a page of its own. */
export const CHOICES: readonly ListName[] = ["unread", "favourites", "groups", "direct"];

/** A part of the address; without it, the list has all conversations. */
export interface ListSearch {
  readonly list?: ListName;
}

/** Leaves anything but a list out of the address. */
export function listOf({ list }: Readonly<Record<string, unknown>>): ListSearch {
  return typeof list === "string" && Object.hasOwn(FILTERS, list) ? { list: list as ListName } : {};
}

export function filterOf(list: ListName | undefined): ConversationFilter {
  return list === undefined ? "ALL" : FILTERS[list];
}
