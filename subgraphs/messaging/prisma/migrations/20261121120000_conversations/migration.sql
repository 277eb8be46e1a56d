-- CreateEnum
CREATE TYPE "conversation_kind" AS ENUM ('DIRECT', 'GROUP');

-- CreateEnum
CREATE TYPE "member_role" AS ENUM ('OWNER', 'MEMBER');

-- CreateTable
CREATE TABLE "conversation" (
    "id" UUID NOT NULL,
    "kind" "conversation_kind" NOT NULL,
    "title" TEXT,
    "pair_low" UUID,
    "pair_high" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "activity_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "member_role" NOT NULL,
    "joined_seq" INTEGER NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "read_seq" INTEGER NOT NULL,

    CONSTRAINT "member_pkey" PRIMARY KEY ("conversation_id","user_id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "sender_id" UUID NOT NULL,
    "client_message_id" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "body" TEXT,
    "reply_to_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_edit" (
    "message_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_edit_pkey" PRIMARY KEY ("message_id","version")
);

-- CreateTable
CREATE TABLE "reaction" (
    "message_id" UUID NOT NULL,
    "emoji" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reaction_pkey" PRIMARY KEY ("message_id","emoji","user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "conversation_pair_low_pair_high_key" ON "conversation"("pair_low", "pair_high");

-- CreateIndex
CREATE INDEX "member_conversation_id_joined_seq_user_id_idx" ON "member"("conversation_id", "joined_seq", "user_id");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_conversation_id_seq_key" ON "message"("conversation_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "message_conversation_id_sender_id_client_message_id_key" ON "message"("conversation_id", "sender_id", "client_message_id");

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_edit" ADD CONSTRAINT "message_edit_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reaction" ADD CONSTRAINT "reaction_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

ALTER TABLE "conversation"
    ADD CONSTRAINT "conversation_kind_check" CHECK (("kind" = 'DIRECT') = ("pair_low" IS NOT NULL AND "pair_high" IS NOT NULL)),
    ADD CONSTRAINT "conversation_pair_check" CHECK ("pair_low" < "pair_high"),
    ADD CONSTRAINT "conversation_title_check" CHECK (("kind" = 'GROUP') = ("title" IS NOT NULL));

ALTER TABLE "member" ADD CONSTRAINT "member_read_seq_check" CHECK ("read_seq" >= 0 AND "joined_seq" >= 0);

-- What is deleted has no text; what is not has some.
ALTER TABLE "message"
    ADD CONSTRAINT "message_seq_check" CHECK ("seq" > 0),
    ADD CONSTRAINT "message_body_check" CHECK (("body" IS NULL) = ("deleted_at" IS NOT NULL));

-- Who may say something in a conversation: every statement that writes on behalf of a person judges by this.
-- NULL: for this person there is no such conversation.
CREATE FUNCTION "standing_of"("person" UUID, "conversation" UUID) RETURNS TEXT
LANGUAGE SQL STABLE
RETURN (SELECT 'MEMBER' FROM "member" WHERE "conversation_id" = "conversation" AND "user_id" = "person");
