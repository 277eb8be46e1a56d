-- The people whom a conversation has told of its messages, and how far it has told.

-- CreateTable
CREATE TABLE "telling" (
    "conversation_id" UUID NOT NULL,
    "head" INTEGER NOT NULL,
    "told_seq" INTEGER NOT NULL,

    CONSTRAINT "telling_pkey" PRIMARY KEY ("conversation_id")
);

-- AlterTable
ALTER TABLE "member" ADD COLUMN "is_told" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable. Nobody is told of requests from before this migration: the default is theirs alone.
ALTER TABLE "message_request" ADD COLUMN "told_at" TIMESTAMPTZ(3) DEFAULT now();
ALTER TABLE "message_request" ALTER COLUMN "told_at" DROP DEFAULT;

-- Prisma's schema language cannot say this: it finds the conversations with messages to tell of.
CREATE INDEX "telling_open_idx" ON "telling"("conversation_id") WHERE "head" > "told_seq";
