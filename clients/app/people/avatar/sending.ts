// Sends a picture of the viewer, and removes theirs.
import {
  CreateAvatarUpload,
  type CreateAvatarUploadMutation,
  FinishAvatarUpload,
  type FinishAvatarUploadMutation,
  RemoveAvatar,
} from "@meetinity/client/operations";
import { startUpload, type Upload } from "@meetinity/client/upload";
import { explain } from "@meetinity/ui/components/explain.ts";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";

type Begun = CreateAvatarUploadMutation["createAvatarUpload"];
type Finished = FinishAvatarUploadMutation["finishAvatarUpload"];
type Problem =
  | Exclude<Begun, { readonly __typename: "CreateAvatarUploadSuccess" }>
  | Extract<Finished, { readonly __typename: "UploadEndedProblem" }>;

/** The graph did not take the picture. */
class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.reason);
    this.problem = problem;
  }
}

export function sendAvatar(file: Blob): Upload {
  return startUpload({
    file,
    async begin(facts) {
      const input = { file: { ...facts, contentType: file.type } };
      const { createAvatarUpload: result } = await client.run(CreateAvatarUpload, { input });
      if (result.__typename !== "CreateAvatarUploadSuccess") throw new Refused(result);
      return result.ticket;
    },
    async finish(uploadId) {
      const { finishAvatarUpload: result } = await client.run(
        FinishAvatarUpload,
        { input: { uploadId } },
        { isSafeToRepeat: true },
      );
      if (result.__typename === "FinishAvatarUploadSuccess") return null;
      if (result.__typename === "UploadIncompleteProblem") return result.ticket;
      throw new Refused(result);
    },
  });
}

export async function removeAvatar(): Promise<void> {
  await client.run(RemoveAvatar, {}, { isSafeToRepeat: true });
}

/** Explains in the reader's language why a picture was not sent. */
export function useExplainSending(): (error: unknown) => string {
  const { t } = useTranslation("avatar");
  const { t: common } = useTranslation("shell");
  return (error) => {
    if (!(error instanceof Refused)) return explain(error, common);
    const { problem } = error;
    if (problem.__typename === "FileRefusedProblem") return t(`refusals.${problem.refusal}`);
    return t(`problems.${problem.__typename}`);
  };
}
