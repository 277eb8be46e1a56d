// Guarantees about the components of clients: their texts are in the files of texts, and texts of
// people have a direction of their own.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { literalTextsIn, undirectedTextsIn } from "./jsx-texts.ts";
import { projectFile, projectFiles } from "./project.ts";

/** The name of the product is the same in all languages. */
const NAME = /: Meetinity$/;

const components = projectFiles(".tsx").filter(
  (path) => /^clients\/(?:app|admin|ui)\//.test(path) && !path.endsWith(".stories.tsx"),
);

function foundBy(read: (code: string) => string[]): string[] {
  return components.flatMap((path) =>
    read(readFileSync(projectFile(path), "utf8")).map((each) => `${path}:${each}`),
  );
}

it("no component has a text of its own", () => {
  expect(components.length).toBeGreaterThan(100);
  expect(foundBy(literalTextsIn).filter((each) => !NAME.test(each))).toEqual([]);
});

it("every text of a person has a direction of its own", () => {
  expect(foundBy(undirectedTextsIn)).toEqual([]);
});

describe("found is", () => {
  it.each([
    ["a text", "<p>Hello</p>"],
    ["a text in braces", '<p>{"Hello"}</p>'],
    ["one of two texts", '<p>{isOpen ? "Open" : t("closed")}</p>'],
    ["a text behind a condition", '<p>{isOpen && "Open"}</p>'],
    ["a template", "<p>{`Hello`}</p>"],
    ["a label", '<button aria-label="Close" />'],
    ["a placeholder", '<input placeholder={isEmpty ? t("search") : "Search"} />'],
    ["a title of a component", '<Empty title="Nothing" />'],
  ])("%s", (_, code) => {
    expect(literalTextsIn(code)).toHaveLength(1);
  });

  it("no text in keys, classes, values and punctuation", () => {
    const code = `<p className="a" key="b" dir="auto" style={{ color: "red" }}>
      {t("key")} · {format(at, "long")} {kind === "open" && <Icon name="lock" />}</p>`;
    expect(literalTextsIn(code)).toEqual([]);
  });

  it.each([
    ["a name", "<p>{user.displayName}</p>"],
    ["a name that may be missing", '<p>{user?.displayName ?? t("nobody")}</p>'],
    ["a variable", "<p>{venue && <span>{venue}</span>}</p>"],
    ["a text beside another", "<p>{at} · {event.title}</p>"],
  ])("%s without a direction", (_, code) => {
    expect(undirectedTextsIn(code)).toHaveLength(1);
  });

  it("no text with one", () => {
    const code = `<><h2 dir="auto">{event.title}</h2><p>{at} <bdi>{user.headline}</bdi></p>
      {user.bio && <p dir="auto">{user.bio}</p>}<Avatar name={user.displayName} /></>`;
    expect(undirectedTextsIn(code)).toEqual([]);
  });
});
