// Sends one file to a conversation.
import {
  CancelAttachmentUpload,
  CreateAttachmentUpload,
  type CreateAttachmentUploadMutation,
  FinishAttachmentUpload,
  type FinishAttachmentUploadMutation,
} from "@meetinity/client/operations";
import { startUpload, type Upload } from "@meetinity/client/upload";
import { explain } from "@meetinity/ui/components/explain.ts";
import { formatBytes } from "@meetinity/ui/i18n/sizes.ts";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { explainProblem } from "../problems/explain-problem.ts";

type Begun = CreateAttachmentUploadMutation["createAttachmentUpload"];
type Finished = FinishAttachmentUploadMutation["finishAttachmentUpload"];
type Problem =
  | Exclude<Begun, { readonly __typename: "CreateAttachmentUploadSuccess" }>
  | Extract<Finished, { readonly __typename: "UploadEndedProblem" }>;

/** The graph did not take the file. */
class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.reason);
    this.problem = problem;
  }
}

export interface FileToSend {
  readonly blob: Blob;
  readonly contentType: string;
  /** Null for a recording of the app. */
  readonly fileName: string | null;
}

/** `onId` gets the id of the attachment as soon as it has one. */
export function sendFile(
  conversationId: string,
  { blob, contentType, fileName }: FileToSend,
  onId: (id: string) => void,
): Upload {
  return startUpload({
    file: blob,
    async begin(facts) {
      const file = { ...facts, contentType, ...(fileName !== null && { fileName }) };
      const input = { conversationId, file };
      const { createAttachmentUpload: result } = await client.run(CreateAttachmentUpload, {
        input,
      });
      if (result.__typename !== "CreateAttachmentUploadSuccess") throw new Refused(result);
      onId(result.ticket.id);
      return result.ticket;
    },
    async finish(uploadId) {
      const { finishAttachmentUpload: result } = await client.run(
        FinishAttachmentUpload,
        { input: { uploadId } },
        { isSafeToRepeat: true },
      );
      if (result.__typename === "FinishAttachmentUploadSuccess") return null;
      if (result.__typename === "UploadIncompleteProblem") return result.ticket;
      throw new Refused(result);
    },
  });
}

/** Removes a file that will not be sent. What cannot be removed now is swept after a day. */
export function removeFile(uploadId: string): void {
  void client.run(CancelAttachmentUpload, { input: { uploadId } }).catch(() => {});
}

/** True when the same file would be refused again. */
export function isFinal(error: unknown): boolean {
  return error instanceof Refused && error.problem.__typename === "FileRefusedProblem";
}

/** Explains in the reader's language why a file was not sent. */
export function useExplainSending(): (error: unknown) => string {
  const { t, i18n } = useTranslation("attachments");
  const { t: common } = useTranslation("shell");
  return (error) => {
    if (!(error instanceof Refused)) return explain(error, common);
    const { problem } = error;
    if (problem.__typename !== "FileRefusedProblem") return explainProblem(problem);
    const { refusal, bytesMax } = problem;
    if (bytesMax === null) return t(`refusals.${refusal}`);
    return t("refusals.TOO_LARGE_BY", { size: formatBytes(bytesMax, i18n.language) });
  };
}
