-- CreateTable
CREATE TABLE "erasure" (
    "user_id" UUID NOT NULL,
    "erasure_id" UUID NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    CONSTRAINT "erasure_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "position" BIGINT,
    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "position" BIGINT NOT NULL DEFAULT 0,
    "published" BIGINT NOT NULL DEFAULT 0,
    "epoch" UUID NOT NULL DEFAULT gen_random_uuid(),
    CONSTRAINT "outbox_head_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "outbox_position_key" ON "outbox"("position");

-- CreateIndex
CREATE INDEX "outbox_created_at_idx" ON "outbox"("created_at");


-- What Prisma's schema language cannot say.

-- What the relay has still to stamp.
CREATE INDEX "outbox_pending_idx" ON "outbox"("id") WHERE "position" IS NULL;

-- One row, and the stream is never ahead of the stamps.
ALTER TABLE "outbox_head"
    ADD CONSTRAINT "outbox_head_id_check" CHECK ("id" = 1),
    ADD CONSTRAINT "outbox_head_published_check" CHECK ("published" <= "position");
INSERT INTO "outbox_head" DEFAULT VALUES;
