// Finds in a style sheet what belongs in the tokens of clients/ui/look/tokens.css, or what a page
// that runs from right to left would show wrongly. It reads no files.

interface Rule {
  /** The declarations that it is about, by the names of their properties. */
  readonly properties: RegExp;
  readonly forbidden: RegExp;
  readonly why: string;
}

const RULES: readonly Rule[] = [
  {
    properties: /./,
    forbidden: /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|light-dark|color)\(/i,
    why: "a colour",
  },
  {
    properties: /^(?:color|background(?:-color)?|border(?:-\w+)*-color|fill|stroke)$/,
    forbidden: /\b(?:white|black|gr[ae]y|red|green|blue|orange|yellow|purple|pink)\b/,
    why: "a colour",
  },
  { properties: /^font-size$/, forbidden: /\d(?:rem|px|pt)\b/, why: "a size of text" },
  {
    properties: /^border(?:-\w+)*-radius$/,
    // Within a border, a corner is narrower by it.
    forbidden: /(?<!var\(--radius[\w-]*\) [-+] )\b[\d.]+(?:rem|px)\b/,
    why: "a radius",
  },
  {
    properties: /^(?:transition|animation)(?:-duration)?$/,
    forbidden: /(?:^|[\s,])[\d.]+m?s\b/,
    why: "a duration",
  },
  {
    properties: /^(?:(?:margin|padding|border|scroll-\w+)-)?(?:left|right|top|bottom)(?:-\w+)?$/,
    forbidden: /./,
    why: "a physical direction",
  },
  {
    properties: /^(?:text-align|float|clear)$/,
    forbidden: /\b(?:left|right)\b/,
    why: "a physical direction",
  },
];

interface Declaration {
  readonly line: number;
  readonly property: string;
  readonly value: string;
}

/** Every breach, as `line: property: value: what it is`. */
export function breachesIn(css: string): string[] {
  return declarationsIn(css).flatMap(({ line, property, value }) =>
    RULES.filter((rule) => rule.properties.test(property) && rule.forbidden.test(value)).map(
      ({ why }) => `${line}: ${property}: ${value}: ${why}`,
    ),
  );
}

/** Names of custom properties that a style sheet sets, and those that it uses. */
export function customPropertiesIn(css: string): {
  readonly set: readonly string[];
  readonly used: readonly string[];
} {
  const declarations = declarationsIn(css);
  const names = (text: string) =>
    [...text.matchAll(/var\((--[\w-]+)\s*\)/g)].map(([, name]) => name);
  return {
    set: declarations.flatMap(({ property }) => (property.startsWith("--") ? [property] : [])),
    used: declarations.flatMap(({ value }) => names(value).flatMap((name) => name ?? [])),
  };
}

const CHOICE = "@media (prefers-reduced-motion: no-preference) {";

/** Animations outside of `CHOICE`, as `line: animation: value`. Transitions end at once there. */
export function motionIn(css: string): string[] {
  return declarationsIn(withoutChoice(css))
    .filter(({ property, value }) => /^animation(?:-name)?$/.test(property) && value !== "none")
    .map(({ line, property, value }) => `${line}: ${property}: ${value}`);
}

/** The blocks that only people get who want motion become empty lines. */
function withoutChoice(css: string): string {
  const start = css.indexOf(CHOICE);
  if (start < 0) return css;
  let end = start + CHOICE.length;
  for (let depth = 1; depth > 0 && end < css.length; end += 1) {
    if (css[end] === "{") depth += 1;
    if (css[end] === "}") depth -= 1;
  }
  const lines = css.slice(start, end).replaceAll(/[^\n]/g, "");
  return withoutChoice(css.slice(0, start) + lines + css.slice(end));
}

function declarationsIn(css: string): Declaration[] {
  // Lines stay where they are.
  const text = css.replaceAll(/\/\*.*?\*\//gs, (comment) => comment.replaceAll(/[^\n]/g, " "));
  const pattern = /(?<=[{;]\s*)([\w-]+)\s*:\s*([^;{}]+)(?=[;}])/g;
  return [...text.matchAll(pattern)].map(({ index, 1: property = "", 2: value = "" }) => ({
    line: text.slice(0, index).split("\n").length,
    property,
    value: value.trim().replaceAll(/\s+/g, " "),
  }));
}
