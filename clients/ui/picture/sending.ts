// Sends a picture by the two mutations of its use, and explains why one was not sent.
import {
  type HashedFile,
  startUpload,
  type Upload,
  type UploadTicket,
} from "@meetinity/client/upload";
import { useTranslation } from "react-i18next";
import { explain } from "../components/explain.ts";
import type { PictureRefusal } from "./picture.ts";

/** A Problem of the graph. */
type Problem =
  | { readonly __typename: "FileRefusedProblem"; readonly refusal: PictureRefusal }
  | {
      readonly __typename:
        | "StorageFullProblem"
        | "TooManyUploadsProblem"
        | "UploadEndedProblem"
        | "EventCancelledProblem"
        | "NotAllowedProblem"
        | "DirectConversationProblem"
        | "EmailNotVerifiedProblem";
    };

type Begun = { readonly ticket: UploadTicket } | Problem;
type Finished =
  | { readonly __typename: "UploadIncompleteProblem"; readonly ticket: UploadTicket }
  | Problem
  | null;

interface Mutations {
  begin(file: HashedFile & { readonly contentType: string }): Promise<Begun>;
  /** Null when all has arrived. */
  finish(uploadId: string): Promise<Finished>;
}

/** The graph did not take the picture. */
class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.__typename);
    this.problem = problem;
  }
}

export function sendPicture(file: Blob, { begin, finish }: Mutations): Upload {
  return startUpload({
    file,
    async begin(facts) {
      const begun = await begin({ ...facts, contentType: file.type });
      if ("ticket" in begun) return begun.ticket;
      throw new Refused(begun);
    },
    async finish(uploadId) {
      const finished = await finish(uploadId);
      if (finished === null) return null;
      if ("ticket" in finished) return finished.ticket;
      throw new Refused(finished);
    },
  });
}

/** Explains in the reader's language why a picture was not sent. */
export function useExplainSending(): (error: unknown) => string {
  const { t } = useTranslation("picture");
  const { t: common } = useTranslation("shell");
  return (error) => {
    if (!(error instanceof Refused)) return explain(error, common);
    const { problem } = error;
    if (problem.__typename === "FileRefusedProblem") return t(`refusals.${problem.refusal}`);
    return t(`problems.${problem.__typename}`);
  };
}
