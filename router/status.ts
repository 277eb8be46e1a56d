// What the media types that a client takes mean for its answer. GraphQL over HTTP promises those
// who take the older type alone a 200 for every request that is one, mistakes in the document
// included; all others get statuses that mean something.
import type { HTTPGraphQLRequest } from "@apollo/server";
import type { GraphQLError } from "graphql";
import { fail } from "#kit/errors";
import { codeOf, withHttpStatus } from "./errors/errors.ts";

const REFUSED = 400;
const NOT_ACCEPTABLE = 406;
const OLDER = "application/json";
/** The newer media type, or what includes it. */
const NEWER = ["application/graphql-response+json", "application/*", "*/*"];

/** The status instead of `status` for the answer to `request` with these errors. */
export function statusFor(
  request: Pick<HTTPGraphQLRequest, "headers"> | undefined,
  status: number,
  errors: readonly GraphQLError[] = [],
): number {
  const isRequest = errors.every((error) => codeOf(error) !== "BAD_REQUEST");
  return status === REFUSED && isRequest && takesOlderAlone(request?.headers.get("accept"))
    ? 200
    : status;
}

/** Who names no type is no client of the older one: nothing was promised to it. */
function takesOlderAlone(accept: string | undefined): boolean {
  const types = typesOf(accept);
  return types.includes(OLDER) && !types.some((type) => NEWER.includes(type));
}

/**
 * Throws for who takes no answer of ours. Apollo Server does so when it has an answer, which is
 * behind the mutation.
 */
export function refuseUnanswerable(accept: string | undefined): void {
  if (!accept || typesOf(accept).some((type) => type === OLDER || NEWER.includes(type))) return;
  const message = "Answers are application/graphql-response+json or application/json: accept one.";
  throw withHttpStatus(fail("BAD_REQUEST", message), NOT_ACCEPTABLE);
}

function typesOf(accept = ""): string[] {
  return accept.split(",").map((each) => each.replace(/;.*$/s, "").trim().toLowerCase());
}
