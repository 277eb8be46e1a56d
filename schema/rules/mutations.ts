// Rules of mutations: verb first, one `input`, and a union of Success and Problems as result; and
// the rules of Problems.
import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  print,
  type UnionTypeDefinitionNode,
} from "graphql";
import { type Element, type Finding, fieldsOf, finder, objectTypesOf } from "./walk.ts";

/** First words of mutations. New verbs are added here, so that a review notices synonyms. */
const VERBS = new Set(
  `accept add answer approve archive assign block cancel change check clear close confirm create
  decline delete disable dismiss duplicate edit enable end enroll export extend finish follow forward grant hand hide
  import invite join leave mark move mute open pin post publish readmit reauthenticate refresh refuse register reject
  reinstate remove rename renew reorder report request resend reset resolve restore retry revoke save
  schedule send set settle share sign start stop submit suspend sync transfer unblock undo
  unmute unpin unpublish unverify update upload verify withdraw`.split(/\s+/),
);

/** Mutations that need only the viewer. */
const WITHOUT_INPUT = new Set([
  "disableTotp",
  "endOtherSessions",
  "enrollTotp",
  "openNoteToSelf",
  "removeAvatar",
  "renewRecoveryCodes",
  "resendVerification",
  "cancelEmailChange",
  "restoreAccount",
  "signOut",
]);

/** The first members of results that are not named as their mutation: the end of signing in. */
const SUCCESSES: Readonly<Record<string, string>> = {
  answerSecondFactor: "SignInSuccess",
  signInWithMagicCode: "SignInSuccess",
  signInWithMagicLink: "SignInSuccess",
};

/** Members of result unions that require a further step. */
const FURTHER_STEPS = new Set(["SecondFactorRequired"]);

const report = finder("mutation");
const reportProblem = finder("problem");

export function mutations(document: DocumentNode): Finding[] {
  const unions = document.definitions.filter((node) => node.kind === Kind.UNION_TYPE_DEFINITION);
  const problems = problemsOf(document);
  return [
    ...problemTypes(document, problems),
    ...fieldsOf(document)
      .filter(({ owner }) => owner === "Mutation")
      .flatMap((mutation) => [...shape(mutation), ...result(mutation, unions, problems)]),
  ];
}

function shape({ node, name, coordinate }: Element<FieldDefinitionNode>): Finding[] {
  const findings: Finding[] = [];
  const pascal = pascalCase(name);
  const [verb = ""] = name.split(/(?=[A-Z])/);
  if (!VERBS.has(verb)) {
    findings.push(
      report(
        node,
        coordinate,
        `starts with "${verb}", no verb in VERBS of schema/rules/mutations.ts`,
      ),
    );
  }
  const given = (node.arguments ?? []).map((arg) => `${arg.name.value}: ${print(arg.type)}`);
  const wanted = WITHOUT_INPUT.has(name) ? [] : [`input: ${pascal}Input!`];
  if (given.join(", ") !== wanted.join(", ")) {
    findings.push(
      report(node, coordinate, `must take (${wanted.join(", ")}), takes (${given.join(", ")})`),
    );
  }
  return findings;
}

function result(
  { node, name, coordinate }: Element<FieldDefinitionNode>,
  unions: readonly UnionTypeDefinitionNode[],
  problems: ReadonlySet<string>,
): Finding[] {
  const expected = `${pascalCase(name)}Result`;
  const given = print(node.type);
  if (given !== `${expected}!`) {
    return [report(node, coordinate, `must return ${expected}!, returns ${given}`)];
  }
  const union = unions.find((candidate) => candidate.name.value === expected);
  if (!union) return [report(node, coordinate, `${expected} must be a union of this subgraph`)];
  const [first, ...others] = (union.types ?? []).map((type) => type.name.value);
  const success = SUCCESSES[name] ?? `${pascalCase(name)}Success`;
  const findings: Finding[] = [];
  if (first !== success) {
    findings.push(report(union, expected, `the first member must be ${success}, is ${first}`));
  }
  for (const member of others) {
    if (FURTHER_STEPS.has(member)) continue;
    if (!member.endsWith("Problem") || !problems.has(member)) {
      const message = `member ${member} must be named xProblem and implement Problem`;
      findings.push(report(union, expected, message));
    }
  }
  return findings;
}

function problemTypes(document: DocumentNode, problems: ReadonlySet<string>): Finding[] {
  return objectTypesOf(document)
    .filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION)
    .filter(({ name: { value } }) => value.endsWith("Problem") !== problems.has(value))
    .map((node) =>
      reportProblem(
        node,
        node.name.value,
        "an object type is named xProblem if and only if it implements Problem",
      ),
    );
}

/** Names of the object types that implement the interface Problem. */
function problemsOf(document: DocumentNode): Set<string> {
  const types = objectTypesOf(document).filter((node) =>
    node.interfaces?.some(({ name }) => name.value === "Problem"),
  );
  return new Set(types.map((node) => node.name.value));
}

function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
