-- CreateTable
CREATE TABLE "block" (
    "blocker_id" UUID NOT NULL,
    "blocked_id" UUID NOT NULL,
    "is_blocked" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "block_pkey" PRIMARY KEY ("blocker_id","blocked_id")
);

-- CreateTable
CREATE TABLE "consumer_position" (
    "source" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "consumer_position_pkey" PRIMARY KEY ("source")
);

-- CreateTable
CREATE TABLE "dead_letter" (
    "id" BIGSERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "payload" JSONB NOT NULL,
    "error" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "requeued_at" TIMESTAMPTZ(3),
    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "block_blocked_id_idx" ON "block"("blocked_id");


-- What Prisma's schema language cannot say.

-- What an operator asked to try again.
CREATE INDEX "dead_letter_requeued_idx" ON "dead_letter"("source", "id") WHERE "requeued_at" IS NOT NULL;
