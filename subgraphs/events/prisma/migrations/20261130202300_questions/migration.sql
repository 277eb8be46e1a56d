-- CreateEnum
CREATE TYPE "question_kind" AS ENUM ('TEXT', 'CHOICE');

-- CreateTable
CREATE TABLE "question" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "question_kind" NOT NULL,
    "text" TEXT NOT NULL,
    "options" TEXT[],
    "is_multiple" BOOLEAN NOT NULL,
    "is_required" BOOLEAN NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    CONSTRAINT "question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer" (
    "registration_id" UUID NOT NULL,
    "question_id" UUID NOT NULL,
    "text" TEXT,
    "choices" TEXT[],
    CONSTRAINT "answer_pkey" PRIMARY KEY ("registration_id", "question_id")
);

-- CreateIndex
CREATE INDEX "question_event_id_position_idx" ON "question"("event_id", "position");

-- CreateIndex
CREATE INDEX "answer_question_id_idx" ON "answer"("question_id");

-- AddForeignKey
ALTER TABLE "question" ADD CONSTRAINT "question_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "question"("id") ON DELETE CASCADE ON UPDATE CASCADE;
