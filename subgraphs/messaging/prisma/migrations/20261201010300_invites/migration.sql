-- CreateTable
CREATE TABLE "invite" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "maker_id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "uses" INTEGER NOT NULL DEFAULT 0,
    "uses_max" INTEGER,

    CONSTRAINT "invite_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "invite_code_hash_key" ON "invite"("code_hash");

-- CreateIndex
CREATE INDEX "invite_conversation_id_idx" ON "invite"("conversation_id");

-- CreateIndex
CREATE INDEX "invite_maker_id_idx" ON "invite"("maker_id");

-- AddForeignKey
ALTER TABLE "invite" ADD CONSTRAINT "invite_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

-- Never more people than an invite is for.
ALTER TABLE "invite" ADD CONSTRAINT "invite_uses_check" CHECK ("uses_max" IS NULL OR "uses" <= "uses_max");
