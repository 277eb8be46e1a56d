// Guarantees about all texts of an app: both languages have them, the code shows each of them, and
// French is French. For tests.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Texts {
  readonly [key: string]: string | undefined | Texts;
}

interface AppTexts {
  /** The folder of the app. */
  readonly folder: string;
  readonly english: object;
  readonly french: object;
  /** Names of languages, words that both have, and emoji: by `namespace:path`. */
  readonly same: readonly string[];
}

const UI = join(import.meta.dirname, "..");
const PLURAL = /_(?:zero|one|two|few|many|other)$/;

/** By `namespace:path`. */
function flat(texts: object): Map<string, string> {
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

const OTHER_FILES = /^(?:dist|node_modules)\/|\btexts\.\w\w\.|\.(?:test|stories)\.|describe-texts/;

function filesOf(app: string): string[] {
  return readdirSync(app, { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.tsx?$/.test(path) && !OTHER_FILES.test(path),
  );
}

function featuresOf(app: string): Feature[] {
  const files = filesOf(app);
  const folderOf = (path: string) => path.split("/", 1)[0];
  return [...new Set(files.map(folderOf))].map((folder) => {
    const own = files.filter((path) => folderOf(path) === folder);
    return featureOf(own.map((path) => readFileSync(join(app, path), "utf8")).join("\n"));
  });
}

function isUsed(key: string, features: readonly Feature[]): boolean {
  const [namespace = "", path = ""] = key.split(":");
  return features.some(({ namespaces, keys }) =>
    keys.some((each) => {
      const wanted = each.includes(":") ? key : namespaces.includes(namespace) && path;
      return wanted && (each.endsWith(".") ? wanted.startsWith(each) : wanted === each);
    }),
  );
}

/** Declares the tests. */
export function describeTexts(app: AppTexts): void {
  const [english, french] = [flat(app.english), flat(app.french)];

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
      const features = [app.folder, UI].flatMap(featuresOf);
      expect(features.length).toBeGreaterThan(5);
      expect(names(english).filter((key) => !isUsed(key, features))).toEqual([]);
    });

    it("are translated, but for the words that are the same", () => {
      const same = [...english].filter(([key, text]) => french.get(key) === text);
      expect(same.map(([key]) => key).sort()).toEqual([...app.same].sort());
    });
  });

  describeFrench(french);
}

function describeFrench(french: Map<string, string>): void {
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
}
