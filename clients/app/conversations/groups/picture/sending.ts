// The picture of a group as a use of pictures: how it is sent, read and removed.
import {
  ConversationPicture,
  CreateConversationPictureUpload,
  FinishConversationPictureUpload,
  RemoveConversationPicture,
} from "@meetinity/client/operations";
import type { PictureUse } from "@meetinity/ui/picture/picture.ts";
import { sendPicture } from "@meetinity/ui/picture/sending.ts";
import { client } from "../../../shell/client.ts";

const SAFE = { isSafeToRepeat: true };

export function pictureOf(conversationId: string): PictureUse {
  return {
    aspect: 1,
    widthMax: 1_024,
    camera: "environment",
    send: (part) =>
      sendPicture(part, {
        async begin(file) {
          const variables = { input: { conversationId, file } };
          const data = await client.run(CreateConversationPictureUpload, variables);
          return data.createConversationPictureUpload;
        },
        async finish(uploadId) {
          const variables = { input: { uploadId } };
          const data = await client.run(FinishConversationPictureUpload, variables, SAFE);
          const { finishConversationPictureUpload: result } = data;
          return result.__typename === "FinishConversationPictureUploadSuccess" ? null : result;
        },
      }),
    async remove() {
      const variables = { input: { conversationId } };
      const data = await client.run(RemoveConversationPicture, variables, SAFE);
      const { removeConversationPicture: result } = data;
      if ("reason" in result) throw new Error(result.reason);
    },
    async read() {
      const { conversation } = await client.run(ConversationPicture, { id: conversationId });
      return conversation && { url: conversation.pictureUrl, upload: conversation.pictureUpload };
    },
  };
}
