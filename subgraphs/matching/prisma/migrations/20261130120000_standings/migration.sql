-- CreateEnum
CREATE TYPE "standing" AS ENUM ('UNVERIFIED', 'ACTIVE', 'SUSPENDED', 'LEAVING');

-- CreateTable
CREATE TABLE "person_standing" (
    "person_id" UUID NOT NULL,
    "standing" "standing" NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "person_standing_pkey" PRIMARY KEY ("person_id")
);

-- The consumer of users' events begins with a snapshot, which has the standings of all people.
DELETE FROM "consumer_position" WHERE "source" = 'users';
