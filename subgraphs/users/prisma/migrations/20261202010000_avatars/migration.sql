-- Pictures of people are files of ours. `avatar_url` stays for the previous release, and is not read.

-- AlterTable
ALTER TABLE "person" ADD COLUMN "avatar_file_id" UUID;
