-- The picture of a group: a file of the purpose "pictures". No key refers to "file": whoever removes the
-- file takes it from the group first.

-- AlterTable
ALTER TABLE "conversation" ADD COLUMN "picture_file_id" UUID;
