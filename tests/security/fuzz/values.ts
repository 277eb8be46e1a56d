// Values for every input type of the graph: valid ones, edge cases, and invalid ones. Secrets
// contain a marker, by which they are found in answers and logs.
import { randomUUID } from "node:crypto";
import fc, { type Arbitrary } from "fast-check";
import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";

/** Part of every password and refresh token that is sent. No answer and no log may have it. */
export const SECRET_MARK = `mark-${randomUUID()}`;

export const ODD_NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "then"];

const ODD_STRINGS = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udc00 behind",
  "\u202egnp.exe",
  "\ufeff",
  "\r\nset-cookie: a=b",
  "\u001b[31m",
  "e\u0301".repeat(40),
  "\u0301".repeat(300),
  "👩‍👩‍👧‍👦".repeat(30),
  "ﬃ①Ⅷ",
  "x".repeat(8_001),
  "'; drop table person; --",
  "%00%0a..%2f..%2f",
  "{{7*7}}<%= 7*7 %>",
  "<script>alert(1)</script>",
  "null",
  "-0",
  "1e309",
  ...ODD_NAMES,
];

const ODD_NUMBERS = [0, -1, 101, 1_000_000, 2 ** 31 - 1, -(2 ** 31)];

const NO_IDS = [
  "00000000-0000-0000-0000-000000000000",
  "01890000-0000-7000-8000-00000000000G",
  randomUUID(),
  randomUUID().toUpperCase(),
  `{${randomUUID()}}`,
  "1",
  "-1",
  "1 or 1=1",
];

const WRONG: readonly unknown[] = [
  null,
  true,
  1.5,
  2 ** 31,
  -1e308,
  2 ** 53,
  {},
  [],
  [[[]]],
  { a: { b: [null] } },
  "text",
  nested(200),
  ["__proto__", ...ODD_NAMES],
  ownProto(),
];

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
}

/** An own `__proto__`, which JSON can express and a JavaScript literal cannot. */
function ownProto(): unknown {
  return JSON.parse(`{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}`);
}

const DAY_MS = 86_400_000;
const instant = fc
  .integer({ min: 1, max: 400 })
  .map((days) => new Date(Date.now() + days * DAY_MS).toISOString());
const word = fc.constantFrom(
  "Ada",
  "Berlin",
  "de",
  "TypeScript",
  "Hello there",
  "für alle",
  "日本",
);
const secret = fc.string({ maxLength: 12 }).map((text) => `${SECRET_MARK} ${text}`);

/** Valid texts by field name. */
const TEXTS: Readonly<Record<string, Arbitrary<unknown>>> = {
  email: fc.uuid().map((id) => `${id}@meetinity.test`),
  password: secret,
  refreshToken: secret,
  timeZone: fc.constantFrom("Europe/Berlin", "UTC", "Asia/Tokyo"),
  languages: fc.constantFrom("en", "de", "pt-BR"),
  emoji: fc.constantFrom("👍", "🎉"),
  clientMessageId: fc.uuid(),
};

const SECRETS = ["password", "refreshToken"];

const mostly = (fitting: Arbitrary<unknown>, odd: Arbitrary<unknown>): Arbitrary<unknown> =>
  fc.oneof({ arbitrary: fitting, weight: 25 }, { arbitrary: odd, weight: 1 });

/** A value once in `of` cases, otherwise null. */
export const rarely = <T>(one: Arbitrary<T>, of: number): Arbitrary<T | null> =>
  fc.oneof({ arbitrary: fc.constant(null), weight: of - 1 }, { arbitrary: one, weight: 1 });

/** Generates values of input types, with ids from `ids`. */
export function valuesFor(ids: readonly string[]) {
  const known = new Map<string, Arbitrary<unknown>>();
  const wrong = fc.constantFrom(...WRONG);

  function inputOf(type: GraphQLInputType, name: string): Arbitrary<unknown> {
    const key = `${type} ${name}`;
    const made = known.get(key) ?? mostly(fitting(type, name), odd(type, name));
    known.set(key, made);
    return made;
  }

  function odd(type: GraphQLInputType, name: string): Arbitrary<unknown> {
    // A secret that is not a string has no marker.
    if (SECRETS.includes(name)) return fc.constantFrom(null, 7, [], `${SECRET_MARK}\0`);
    const texts = fc.constantFrom(...ODD_STRINGS);
    if (/Int|Float/.test(String(type))) return fc.oneof(fc.constantFrom(...ODD_NUMBERS), wrong);
    return fc.oneof(texts, wrong);
  }

  function fitting(type: GraphQLInputType, name: string): Arbitrary<unknown> {
    if (isNonNullType(type)) return fitting(type.ofType, name);
    if (isListType(type)) return fc.array(fitting(type.ofType, name), { maxLength: 3 });
    if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((each) => each.name));
    if (isInputObjectType(type)) return objectOf(type);
    return scalarOf(type.name, name);
  }

  function objectOf(type: Extract<GraphQLInputType, { getFields(): unknown }>) {
    const fields = Object.values(type.getFields());
    const values = Object.fromEntries(
      fields.map((each) => [each.name, inputOf(each.type, each.name)]),
    );
    const requiredKeys = fields.flatMap((each) =>
      isNonNullType(each.type) && each.defaultValue === undefined ? [each.name] : [],
    );
    const extra = fc.constantFrom("id", "roles", "isAdmin", "userId", ...ODD_NAMES);
    return fc
      .tuple(fc.record(values, { requiredKeys }), rarely(extra, 20))
      .map(([object, name]) =>
        Object.fromEntries([...Object.entries(object), ...(name ? [[name, "x"]] : [])]),
      );
  }

  function scalarOf(type: string, name: string): Arbitrary<unknown> {
    if (type === "ID") {
      const nobodys = fc.constantFrom(...NO_IDS, ...ODD_STRINGS);
      return fc.oneof(
        { arbitrary: fc.constantFrom(...ids), weight: 4 },
        { arbitrary: nobodys, weight: 1 },
      );
    }
    if (type === "Int") return fc.integer({ min: 1, max: 4 });
    if (type === "Boolean") return fc.boolean();
    if (type === "DateTime") return instant;
    return TEXTS[name] ?? word;
  }

  return inputOf;
}

export type InputOf = ReturnType<typeof valuesFor>;
