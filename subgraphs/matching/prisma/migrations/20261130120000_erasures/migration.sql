-- CreateTable
CREATE TABLE "erasure" (
    "user_id" UUID NOT NULL,
    "erasure_id" UUID NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    CONSTRAINT "erasure_pkey" PRIMARY KEY ("user_id")
);
