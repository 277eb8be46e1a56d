// Guarantees about all texts: both languages have them, the code shows each of them, and French is
// French.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { enPages } from "./pages.en.ts";
import { frPages } from "./pages.fr.ts";

interface Texts {
  readonly [key: string]: string | undefined | Texts;
}

const APP = join(import.meta.dirname, "..");
const PLURAL = /_(?:zero|one|two|few|many|other)$/;
const english = flat({ ...en, ...enPages });
const french = flat({ ...fr, ...frPages });

/** Names of languages, words that both have, and emoji. */
const SAME = new Set<string>([
  "address:code",
  "secondFactor:code",
  "secondStep:code",
  "stepUp:code",
  "conversation:back",
  "conversation:label",
  "conversation:message",
  "conversation:messages",
  "conversation:untitled",
  "conversations:title",
  "people:back",
  "settings:back",
  "shell:menu",
]);

/** By `namespace:path`. */
function flat(texts: Texts): Map<string, string> {
  const paths = (part: Texts, prefix: string): [string, string][] =>
    Object.entries(part).flatMap(([key, value]): [string, string][] => {
      const path = `${prefix}${key}`;
      return typeof value === "string" ? [[path, value]] : paths(value ?? {}, `${path}.`);
    });
  return new Map(Object.entries(texts).flatMap(([name, each]) => paths(each as Texts, `${name}:`)));
}

const singular = (key: string) => key.replace(PLURAL, "");
const names = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(singular))].sort();
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();

interface Feature {
  readonly namespaces: readonly string[];
  /** Keys, and beginnings of keys that end in a dot. */
  readonly keys: readonly string[];
}

/** The names in the code of one folder: namespaces, and strings that may be keys. */
function featureOf(code: string): Feature {
  const found = (pattern: RegExp) => [...code.matchAll(pattern)].map((match) => match[1] ?? "");
  return {
    namespaces: found(/(?:useTranslation\(|TFunction<)\[?"(\w+)"/g),
    keys: [...found(/"([\w:.]+)"/g), ...found(/`([\w:.]+\.)\$\{/g)],
  };
}

const files = readdirSync(APP, { recursive: true, encoding: "utf8" }).filter(
  (path) => /\.tsx?$/.test(path) && !/^(?:dist|node_modules)\/|\btexts\.\w\w\.|\.test\./.test(path),
);
const folderOf = (path: string) => path.split("/", 1)[0];
const features = [...new Set(files.map(folderOf))].map((folder) => {
  const own = files.filter((path) => folderOf(path) === folder);
  return featureOf(own.map((path) => readFileSync(join(APP, path), "utf8")).join("\n"));
});

function isUsed(key: string): boolean {
  const [namespace = "", path = ""] = key.split(":");
  return features.some(({ namespaces, keys }) =>
    keys.some((each) => {
      const wanted = each.includes(":") ? key : namespaces.includes(namespace) && path;
      return wanted && (each.endsWith(".") ? wanted.startsWith(each) : wanted === each);
    }),
  );
}

describe("texts", () => {
  it("are there in both languages", () => {
    expect(names(french)).toEqual(names(english));
  });

  it("have the same placeholders in both languages", () => {
    for (const [key, text] of french) {
      const other = english.get(key) ?? english.get(`${singular(key)}_other`) ?? "";
      expect(`${key} ${placeholders(text)}`).toBe(`${key} ${placeholders(other)}`);
    }
  });

  it("are used by the code, each of them", () => {
    expect(files.length).toBeGreaterThan(40);
    expect(names(english).filter((key) => !isUsed(key))).toEqual([]);
  });

  it("are translated, but for the words that are the same", () => {
    const same = [...english].filter(([key, text]) => french.get(key) === text);
    expect(same.map(([key]) => key).sort()).toEqual([...SAME].sort());
  });
});

describe("French texts", () => {
  it("keep their marks at the word before, with a space that does not break", () => {
    expect([...french].filter(([, text]) => / [?!:;»]|« /.test(text))).toEqual([]);
  });

  it("have the apostrophe of print", () => {
    expect([...french].filter(([, text]) => text.includes("'"))).toEqual([]);
  });

  it("have a form for millions where they have plural forms", () => {
    const plurals = [...french.keys()].filter((key) => key.endsWith("_other"));
    expect(plurals.filter((key) => !french.has(`${singular(key)}_many`))).toEqual([]);
  });
});
