// Texts that people have entered reach no mail as markup or as a header, and links are our own.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linksOf, mailLanguageOf } from "#kit/mail/kinds";
import { renderMail } from "#kit/mail/layout";

const links = linksOf("https://meetinity.example");

describe("a mail", () => {
  it("has what it says in both forms, with the link written out", () => {
    const url = links.to("/app/verify", { token: "a b&c" });
    const content = { subject: "S", lines: ["one"], code: "123456", action: { label: "Go", url } };
    const { text, html } = renderMail({ ...content, after: ["two"] }, "en");
    expect(url).toBe("https://meetinity.example/app/verify?token=a+b%26c");
    for (const part of ["one", "123456", "two", "account"]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(text).toContain(url);
    expect(html).toContain(`href="https://meetinity.example/app/verify?token=a+b%26c"`);
  });

  it("escapes every text in HTML", () => {
    const evil = `<img src=x onerror="alert('1')">&`;
    const action = { label: evil, url: links.to("/", { q: evil }) };
    const content = { subject: evil, lines: [evil], code: evil, action, after: [evil] };
    const { html } = renderMail(content, "fr");
    expect(html).not.toContain("<img");
    expect(
      html.match(/&lt;img src=x onerror=&quot;alert\(&#39;1&#39;\)&quot;&gt;&amp;/g),
    ).toHaveLength(5);
    expect(html).toContain('lang="fr"');
  });

  it("has a subject of one short line, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (subject) => {
        const rendered = renderMail({ subject, lines: [] }, "en").subject;
        expect(rendered).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect([...rendered].length).toBeLessThanOrEqual(150);
      }),
    );
  });
});

describe("a link", () => {
  it.each(["https://evil.example/", "//evil.example", "\\\\evil.example"])(
    "never is %s",
    (path) => {
      expect(() => links.to(path)).toThrow("our own origin");
    },
  );
});

describe("the language of a mail", () => {
  it.each([
    [["fr"], "fr"],
    [["de", "fr-CA", "en"], "fr"],
    [["EN-gb", "fr"], "en"],
    [["de"], "en"],
    [[], "en"],
  ])("of %j is %s", (languages, language) => {
    expect(mailLanguageOf(languages)).toBe(language);
  });
});
