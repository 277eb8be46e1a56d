-- AlterTable
ALTER TABLE "person" ADD COLUMN     "fold_version" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "person_fold_version_id_idx" ON "person"("fold_version", "id");

-- What Prisma's schema language cannot say.

-- Whoever changes a text says behind it with which version it was folded. A release that does not know of this,
-- or somebody by hand, leaves 0, and it is folded anew.
CREATE FUNCTION "forget_fold"() RETURNS TRIGGER
LANGUAGE plpgsql AS $$
BEGIN
    NEW."fold_version" := 0;
    RETURN NEW;
END
$$;

CREATE TRIGGER "person_fold" BEFORE UPDATE OF "display_name", "headline", "skills", "interests" ON "person"
FOR EACH ROW WHEN ((OLD."display_name", OLD."headline", OLD."skills", OLD."interests") IS DISTINCT FROM (NEW."display_name", NEW."headline", NEW."skills", NEW."interests"))
EXECUTE FUNCTION "forget_fold"();
