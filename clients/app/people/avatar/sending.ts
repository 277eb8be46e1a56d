// The pictures of people as a use of pictures: how the viewer's is sent, read and removed.
import {
  CreateAvatarUpload,
  FinishAvatarUpload,
  OwnAvatar,
  RemoveAvatar,
} from "@meetinity/client/operations";
import type { PictureUse } from "@meetinity/ui/picture/picture.ts";
import { sendPicture } from "@meetinity/ui/picture/sending.ts";
import { client } from "../../shell/client.ts";

export const AVATAR: PictureUse = {
  aspect: 1,
  widthMax: 1_024,
  isRound: true,
  camera: "user",
  send: (part) =>
    sendPicture(part, {
      async begin(file) {
        const { createAvatarUpload } = await client.run(CreateAvatarUpload, { input: { file } });
        return createAvatarUpload;
      },
      async finish(uploadId) {
        const { finishAvatarUpload: result } = await client.run(
          FinishAvatarUpload,
          { input: { uploadId } },
          { isSafeToRepeat: true },
        );
        return result.__typename === "FinishAvatarUploadSuccess" ? null : result;
      },
    }),
  async remove() {
    await client.run(RemoveAvatar, {}, { isSafeToRepeat: true });
  },
  async read() {
    const { me } = await client.run(OwnAvatar, {});
    return me && { url: me.avatarUrl, upload: me.avatarUpload };
  },
};
