-- AlterTable
ALTER TABLE "option_configs" ADD COLUMN     "links" JSONB;
