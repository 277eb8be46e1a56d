// Reads queries of Prometheus with its own grammar: which series they select, by which labels.
import { parser } from "@prometheus-io/lezer-promql";

export interface Matcher {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

export interface Selection {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

/** The series that a query selects. Throws where it is no PromQL. */
export function selectionsOf(query: string): Selection[] {
  const selections: { metric: string; matchers: Matcher[] }[] = [];
  parser.parse(query).iterate({
    enter({ name, from, to, type }) {
      const text = query.slice(from, to);
      if (type.isError) throw new Error(`no PromQL at "${query.slice(from)}" of ${query}`);
      if (name === "VectorSelector") {
        selections.push({ metric: /^[\w:]*/.exec(text)?.[0] ?? "", matchers: [] });
      }
      if (name === "UnquotedLabelMatcher") selections.at(-1)?.matchers.push(matcherOf(text));
    },
  });
  return selections;
}

/** The labels by which a query groups or joins series. */
export function groupingsOf(query: string): string[] {
  const labels: string[] = [];
  parser.parse(query).iterate({
    enter({ name, from, to, node }) {
      if (name === "LabelName" && node.parent?.name === "GroupingLabels") {
        labels.push(query.slice(from, to));
      }
    },
  });
  return labels;
}

function matcherOf(text: string): Matcher {
  const [, label = "", operator, value = ""] = /^(\w+)\s*(=~|!~|!=|=)\s*"(.*)"$/.exec(text) ?? [];
  if (operator === "=" || operator === "!=" || operator === "=~" || operator === "!~") {
    return { label, operator, value };
  }
  throw new Error(`no matcher: ${text}`);
}

/** Whether labels fulfil a matcher; a label that is not there is empty. */
export function fits(labels: Readonly<Record<string, string>>, matcher: Matcher): boolean {
  const { label, operator, value } = matcher;
  const actual = labels[label] ?? "";
  const isPattern = operator.endsWith("~");
  const isMatch = isPattern ? new RegExp(`^(?:${value})$`).test(actual) : actual === value;
  return operator.startsWith("!") ? !isMatch : isMatch;
}
