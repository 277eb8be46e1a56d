-- AlterTable
ALTER TABLE "consumer_position" ADD COLUMN     "epoch" UUID;
