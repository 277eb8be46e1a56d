// The events that the reader looks for, as the address of the page has it. Anybody can make a link:
// what it has of no use is left out.
import type { EventFilter } from "@meetinity/client/operations";
import { midnightOf, ownSpan, type Span, spanOf, WHENS, type When } from "./spans.ts";

const FORMATS = { online: "ONLINE", "in-person": "IN_PERSON" } as const;
export type Format = keyof typeof FORMATS;

export interface Wanted {
  readonly search?: string;
  readonly when?: When;
  /** Own first and last day, such as `2026-12-04`; only without `when`. */
  readonly from?: string;
  readonly to?: string;
  readonly place?: string;
  readonly format?: Format;
  readonly tags?: readonly string[];
  /** With free seats alone. */
  readonly free?: true;
}

/** A filter that can be taken off alone. */
export type Part = "search" | "when" | "place" | "format" | "free" | { readonly tag: string };

const TEXT_MAX = 100;
const TAG_MAX = 40;
const TAGS_MAX = 10;

export function wantedOf(address: Readonly<Record<string, unknown>>): Wanted {
  const { when, format } = address;
  const isWhen = WHENS.some((each) => each === when);
  const [from, to] = isWhen ? [] : [dayOf(address.from), dayOf(address.to)];
  const isRange = from === undefined || to === undefined || from <= to;
  return known({
    search: textOf(address.search, TEXT_MAX),
    when: isWhen ? (when as When) : undefined,
    from: isRange ? from : to,
    to: isRange ? to : from,
    place: textOf(address.place, TEXT_MAX),
    format: format === "online" || format === "in-person" ? format : undefined,
    tags: tagsOf(address.tags),
    free: address.free === true ? true : undefined,
  });
}

/** The filter of the graph. Equal as long as the reader's day is the same. */
export function filterOf(wanted: Wanted, now: Date): EventFilter {
  const { search, place, format, tags, free } = wanted;
  const { after, before } = spanOfWanted(wanted, now);
  return known({
    search,
    place,
    format: format && FORMATS[format],
    tags: tags && [...tags],
    hasFreeSeats: free,
    // Without the events that end at midnight before.
    endsAfter: after ? new Date(after.getTime() + 1).toISOString() : undefined,
    startsBefore: before?.toISOString(),
  });
}

function spanOfWanted({ when, from, to }: Wanted, now: Date): Span {
  return when ? spanOf(when, now) : ownSpan(from, to, now);
}

/** All that limits the list, the search among it. */
export function partsOf({ search, when, from, to, place, format, tags, free }: Wanted): Part[] {
  return [
    ...(search === undefined ? [] : (["search"] as const)),
    ...((when ?? from ?? to) === undefined ? [] : (["when"] as const)),
    ...(place === undefined ? [] : (["place"] as const)),
    ...(format === undefined ? [] : (["format"] as const)),
    ...(free ? (["free"] as const) : []),
    ...(tags ?? []).map((tag) => ({ tag })),
  ];
}

/** The number of filters beside the search. */
export function countOf(wanted: Wanted): number {
  return partsOf(wanted).filter((part) => part !== "search").length;
}

export function without(wanted: Wanted, part: Part): Wanted {
  if (part === "when") {
    const { when: _, from: _from, to: _to, ...others } = wanted;
    return others;
  }
  if (typeof part === "object") return toggled(wanted, part.tag);
  const { [part]: _, ...others } = wanted;
  return others;
}

/** With the tag if it is missing, without it if it is there. */
export function toggled({ tags = [], ...others }: Wanted, tag: string): Wanted {
  const next = tags.includes(tag) ? tags.filter((each) => each !== tag) : [...tags, tag];
  return next.length > 0 ? { ...others, tags: next.slice(0, TAGS_MAX) } : others;
}

/** The parameters of addresses that look like numbers and truths are such: `?search=2026`. */
function textOf(value: unknown, max: number): string | undefined {
  const text = typeof value === "number" || value === true ? String(value) : value;
  if (typeof text !== "string") return undefined;
  return [...text.trim()].slice(0, max).join("").trim() || undefined;
}

function dayOf(value: unknown): string | undefined {
  return typeof value === "string" && midnightOf(value) ? value : undefined;
}

function tagsOf(value: unknown): readonly string[] | undefined {
  const all = Array.isArray(value) ? value : [value];
  const tags = all.flatMap((each) => textOf(each, TAG_MAX) ?? []);
  return tags.length > 0 ? [...new Set(tags)].slice(0, TAGS_MAX) : undefined;
}

/** Without the fields that are undefined. */
function known<Fields extends object>(fields: Fields) {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}
