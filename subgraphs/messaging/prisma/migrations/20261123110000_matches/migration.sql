-- CreateTable
CREATE TABLE "match" (
    "id" UUID NOT NULL,
    "pair_low" UUID NOT NULL,
    "pair_high" UUID NOT NULL,
    CONSTRAINT "match_pkey" PRIMARY KEY ("id")
);
