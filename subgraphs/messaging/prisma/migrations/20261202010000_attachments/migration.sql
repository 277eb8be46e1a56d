-- Which files are in which messages. A file may be in several: where it was forwarded. No key refers
-- to "file": one that is removed while a message is stored must not make a batch of messages fail.

-- CreateTable
CREATE TABLE "attachment" (
    "message_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "file_id" UUID NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("message_id", "position")
);

-- CreateIndex
CREATE INDEX "attachment_file_id_idx" ON "attachment"("file_id");

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_message_id_fkey"
    FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whether a member may send all these files in a message: their own for this conversation, which have
-- arrived, were not refused, and are in no message yet.
CREATE FUNCTION "are_usable"("files" JSONB, "person" UUID, "conversation" UUID) RETURNS BOOLEAN
LANGUAGE SQL STABLE
RETURN jsonb_array_length("files") = (
    SELECT count(*) FROM "file"
    WHERE "id" = ANY(ARRAY(SELECT jsonb_array_elements_text("files")::uuid))
        AND "owner_id" = "person" AND "purpose" = 'attachments' AND "subject_id" = "conversation"
        AND "used_at" IS NULL AND "state" IN ('PROCESSING', 'READY')
);

-- Whether a message has files that were not removed since.
CREATE FUNCTION "has_files"("message" UUID) RETURNS BOOLEAN
LANGUAGE SQL STABLE
RETURN EXISTS (
    SELECT FROM "attachment" JOIN "file" ON "file"."id" = "attachment"."file_id"
    WHERE "attachment"."message_id" = "message"
);
