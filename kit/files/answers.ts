// How uploads and links are told in the graph: the types of the kit's SDL.
import type { FileLink } from "#kit/files/links";
import type { Refused } from "#kit/files/rules";
import type { BeginOutcome, FinishOutcome, Ticket } from "#kit/files/uploads";

const headersOf = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

/** An `UploadTicket`. */
export function ticketOf({ id, parts, expiresAt }: Ticket) {
  return {
    id,
    expiresAt,
    parts: parts.map((part) => ({ ...part, headers: headersOf(part.headers) })),
  };
}

/** A `FileLink`. */
export function fileLinkOf({ url, headers, expiresAt }: FileLink) {
  return { url, headers: headersOf(headers), expiresAt };
}

/** Tells the field, what arrived and the limit, as errors about input do. */
function reasonOf({ bytesMax, received }: Refused): string {
  return bytesMax === null
    ? `Files of this type are not taken here: input.file.contentType is ${received}.`
    : `The file is too large: input.file.bytes is ${received}, and at most ${bytesMax} are taken.`;
}

/** The Problem of an upload that cannot begin. */
export function beginProblemOf(outcome: Exclude<BeginOutcome, { kind: "begun" }>) {
  switch (outcome.kind) {
    case "refused": {
      const { refusal, bytesMax } = outcome;
      const reason = reasonOf(outcome);
      return { __typename: "FileRefusedProblem" as const, reason, refusal, bytesMax };
    }
    case "full": {
      const { bytesLeft, bytesMax, received } = outcome;
      const reason =
        "Your files would take more room than one person has here: " +
        `input.file.bytes is ${received}, and ${bytesLeft} of ${bytesMax} are left.`;
      return { __typename: "StorageFullProblem" as const, reason, bytesLeft };
    }
    case "tooMany": {
      const reason =
        `You have begun ${outcome.uploadsMax} uploads, which is the most; ` +
        "finish some, or wait until they end.";
      return { __typename: "TooManyUploadsProblem" as const, reason };
    }
  }
}

/** The Problem of an upload that cannot be finished. */
export function finishProblemOf(outcome: Extract<FinishOutcome, { kind: "incomplete" | "ended" }>) {
  if (outcome.kind === "ended") {
    const reason = "The upload was not finished in time; begin a new one.";
    return { __typename: "UploadEndedProblem" as const, reason };
  }
  const reason = "Parts of the file are missing.";
  return {
    __typename: "UploadIncompleteProblem" as const,
    reason,
    ticket: ticketOf(outcome.ticket),
  };
}
