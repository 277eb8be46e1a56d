// Reads code blocks, links and code spans of a Markdown file. It is no full parser; our documents
// use no more of Markdown than this.

export interface Block {
  /** The text after the three backticks. */
  readonly language: string;
  readonly text: string;
}

const FENCED = /^```(\S*)\n([\s\S]*?)^```$/gm;

export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(FENCED)].map(([, language = "", text = ""]) => ({ language, text }));
}

/** The text without its code blocks. */
function proseOf(markdown: string): string {
  return markdown.replace(FENCED, "");
}

/** Targets of links inside the project, without the part after `#`. */
export function linksOf(markdown: string): string[] {
  return [...proseOf(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target.replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));
}

const PATH = /^[\w.<>*-]+(?:\/[\w.<>*-]+)*\/?$/;
const FILE = /\.(?:ts|graphql|md|sql|ya?ml|json|txt|prisma)$/;

/** Code spans that look like a path of the project, also with placeholders: `<name>`, `*`. */
export function pathsOf(markdown: string): string[] {
  return [...proseOf(markdown).matchAll(/`([^`\n]+)`/g)]
    .map(([, span = ""]) => span)
    .filter((span) => PATH.test(span) && (span.includes("/") || FILE.test(span)));
}

/** Names of npm scripts in a text, in prose and in code. */
export function scriptsOf(markdown: string): string[] {
  const run = [...markdown.matchAll(/\bnpm run (?:--?\S+ )*([a-z][\w:-]*)/g)];
  const short = [...markdown.matchAll(/\bnpm (start|test)\b/g)];
  return [...run, ...short].map(([, name = ""]) => name);
}
