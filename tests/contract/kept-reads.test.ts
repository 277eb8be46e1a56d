// Guarantees about what the app keeps in a browser: queries alone, and no secret but the viewer's
// own address and the codes of their tickets.
import { type DocumentNode, Kind, parse, visit } from "graphql";
import { describe, expect, it } from "vitest";
import { KEPT_READS } from "../../clients/app/offline/kept-reads.ts";
import { operation } from "../../schema/operations.ts";

/** Fields by the names of which a secret is known. */
const SECRET = /token|secret|password|recovery|totp|challenge|hash|signature|^code$|^qr|email/i;
/** Values that the viewer alone gets; admins get addresses of others too. */
const OWN = [
  "user.email",
  "event.viewerRegistration.tickets.code",
  "event.viewerRegistration.tickets.qrSvg",
];

/** The path of each field that a document selects. */
function pathsOf(document: DocumentNode): string[] {
  const path: string[] = [];
  const paths: string[] = [];
  visit(document, {
    Field: {
      enter({ name }) {
        path.push(name.value);
        paths.push(path.join("."));
      },
      leave: () => void path.pop(),
    },
  });
  return paths;
}

describe.each(KEPT_READS)("%s", (name) => {
  const document = parse(operation(name));

  it("is a query", () => {
    const kinds = document.definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION ? [each.operation] : [],
    );
    expect(kinds).toEqual(["query"]);
  });

  it("has no secret but the viewer's own address and tickets", () => {
    const secrets = pathsOf(document).filter((path) => SECRET.test(path.split(".").at(-1) ?? ""));
    expect(secrets.filter((path) => !OWN.includes(path))).toEqual([]);
  });
});

it("would find a secret", () => {
  const paths = pathsOf(parse("{ me { sessions { nodes { refreshToken } } } }"));
  expect(paths.filter((path) => SECRET.test(path))).toHaveLength(1);
});
