// The parts of a message's text: mentions, links, and the rest. Pure.
import type { Message } from "@meetinity/client";
import { wordsForAll } from "../composer/mentioning.ts";
import { linkify, type TextPart } from "./linkify.ts";

export interface BodyPart extends TextPart {
  /** Of a mention: null for all members, and for an account that no longer exists. */
  readonly mentioned?: { readonly userId: string | null; readonly isAll: boolean };
}

/** The people whom a text mentions, as far as it is known. */
export type BodyMentions = Pick<Message, "mentions" | "isMentioningAll">;

/** The parts together are the text. A mention that does not fit into it is left out. */
export function partsOf(body: string, named: BodyMentions | null): readonly BodyPart[] {
  const parts: BodyPart[] = [];
  let end = 0;
  for (const { start, length, ...mentioned } of placesOf(body, named)) {
    if (start < end || start + length > body.length) continue;
    parts.push(...linked(body, end, start));
    end = start + length;
    parts.push({ at: start, text: body.slice(start, end), mentioned });
  }
  return [...parts, ...linked(body, end, body.length)];
}

function placesOf(body: string, named: BodyMentions | null) {
  if (!named) return [];
  const people = named.mentions.map(({ user, start, length }) => {
    return { start, length, userId: user?.id ?? null, isAll: false };
  });
  const all = named.isMentioningAll ? wordsForAll(body) : [];
  const places = [...people, ...all.map((place) => ({ ...place, userId: null, isAll: true }))];
  return places.sort((one, other) => one.start - other.start);
}

function linked(body: string, from: number, to: number): BodyPart[] {
  if (from >= to) return [];
  return linkify(body.slice(from, to)).map((part) => ({ ...part, at: part.at + from }));
}
