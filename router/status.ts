// The HTTP status of an answer, by the media types that a client accepts. GraphQL over HTTP
// promises 200 to a client that accepts only `application/json`, even for an invalid document.
// Other clients get the real status.
import type { HTTPGraphQLRequest } from "@apollo/server";
import type { GraphQLError } from "graphql";
import { fail } from "#kit/errors";
import { codeOf, withHttpStatus } from "./errors/errors.ts";

const REFUSED = 400;
const NOT_ACCEPTABLE = 406;
const OLDER = "application/json";
/** The newer media type, or what includes it. */
const NEWER = ["application/graphql-response+json", "application/*", "*/*"];

/** The status for an answer with these errors, where Apollo Server would send `status`. */
export function statusFor(
  request: Pick<HTTPGraphQLRequest, "headers"> | undefined,
  status: number,
  errors: readonly GraphQLError[] = [],
): number {
  const isRequest = errors.every((error) => codeOf(error) !== "BAD_REQUEST");
  return status === REFUSED && isRequest && acceptsOlderAlone(request?.headers.get("accept"))
    ? 200
    : status;
}

/** False without an `Accept` header. */
function acceptsOlderAlone(accept: string | undefined): boolean {
  const types = typesOf(accept);
  return types.includes(OLDER) && !types.some((type) => NEWER.includes(type));
}

/**
 * Throws if the client accepts neither media type. Apollo Server would do so only after it has run
 * a mutation.
 */
export function refuseUnanswerable(accept: string | undefined): void {
  if (!accept || typesOf(accept).some((type) => type === OLDER || NEWER.includes(type))) return;
  const message = "Answers are application/graphql-response+json or application/json: accept one.";
  throw withHttpStatus(fail("BAD_REQUEST", message), NOT_ACCEPTABLE);
}

function typesOf(accept = ""): string[] {
  return accept.split(",").map((each) => each.replace(/;.*$/s, "").trim().toLowerCase());
}
