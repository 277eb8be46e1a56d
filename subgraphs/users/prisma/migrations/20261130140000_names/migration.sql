-- CreateEnum
CREATE TYPE "name_decision" AS ENUM ('KEEP', 'RESET');

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "name_skeleton" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "skeleton_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "badge_since" TIMESTAMPTZ(3),
ADD COLUMN     "badge_by" UUID;

-- CreateTable
CREATE TABLE "name_review" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "similar_to" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decision" "name_decision",
    "settled_by" UUID,
    "settled_at" TIMESTAMPTZ(3),
    CONSTRAINT "name_review_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "name_review_person_id_idx" ON "name_review"("person_id");

-- CreateIndex
CREATE INDEX "name_review_similar_to_idx" ON "name_review"("similar_to");

-- CreateIndex
CREATE INDEX "person_skeleton_version_id_idx" ON "person"("skeleton_version", "id");

-- AddForeignKey
ALTER TABLE "name_review" ADD CONSTRAINT "name_review_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "name_review" ADD CONSTRAINT "name_review_similar_to_fkey" FOREIGN KEY ("similar_to") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

-- A person has one open review, and moderators list the open ones.
CREATE UNIQUE INDEX "name_review_open_key" ON "name_review"("person_id") WHERE "settled_at" IS NULL;
CREATE INDEX "name_review_open_idx" ON "name_review"("id") WHERE "settled_at" IS NULL;

ALTER TABLE "name_review" ADD CONSTRAINT "name_review_settled_check"
CHECK (num_nulls("decision", "settled_by", "settled_at") IN (0, 3));

-- The names with which a new name is compared.
CREATE INDEX "person_verified_name_idx" ON "person"("name_skeleton") WHERE "badge_since" IS NOT NULL;

-- Whoever changes a name says behind it with which version its skeleton was made. A release that does not know of
-- this, or somebody by hand, leaves 0, and it is made anew.
CREATE FUNCTION "forget_skeleton"() RETURNS TRIGGER
LANGUAGE plpgsql AS $$
BEGIN
    NEW."skeleton_version" := 0;
    RETURN NEW;
END
$$;

CREATE TRIGGER "person_skeleton" BEFORE UPDATE OF "display_name" ON "person"
FOR EACH ROW WHEN (OLD."display_name" IS DISTINCT FROM NEW."display_name")
EXECUTE FUNCTION "forget_skeleton"();
