-- CreateTable
CREATE TABLE "leaving" (
    "person_id" UUID NOT NULL,
    "erasure_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "leaves_at" TIMESTAMPTZ(3) NOT NULL,
    "standing_before" "standing" NOT NULL,
    CONSTRAINT "leaving_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "erasure" (
    "user_id" UUID NOT NULL,
    "erasure_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    CONSTRAINT "erasure_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "erasure_answer" (
    "erasure_id" UUID NOT NULL,
    "subgraph" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "erasure_answer_pkey" PRIMARY KEY ("erasure_id","subgraph")
);

-- CreateTable
CREATE TABLE "consumer_position" (
    "source" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "epoch" UUID,
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
CREATE UNIQUE INDEX "erasure_erasure_id_key" ON "erasure"("erasure_id");

-- AddForeignKey
ALTER TABLE "leaving" ADD CONSTRAINT "leaving_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "erasure_answer" ADD CONSTRAINT "erasure_answer_erasure_id_fkey" FOREIGN KEY ("erasure_id") REFERENCES "erasure"("erasure_id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

ALTER TABLE "leaving"
    ADD CONSTRAINT "leaving_leaves_at_check" CHECK ("leaves_at" > "asked_at"),
    ADD CONSTRAINT "leaving_standing_before_check" CHECK ("standing_before" <> 'LEAVING');

-- What an operator asked to try again.
CREATE INDEX "dead_letter_requeued_idx" ON "dead_letter"("source", "id") WHERE "requeued_at" IS NOT NULL;

-- Erasures that wait for an answer.
CREATE INDEX "erasure_open_idx" ON "erasure"("erasure_id") WHERE "done_at" IS NULL;
