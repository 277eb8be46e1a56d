// The settings of a process that uses stored files.
import { z } from "zod";
import { createS3Storage, type S3Options } from "#kit/storage/s3-storage";
import type { Storage } from "#kit/storage/storage";

const URL_ERROR = "is not an http or https origin";

/** An origin: a path would be lost. */
const originSetting = z
  .url({ protocol: /^https?$/, error: URL_ERROR })
  .refine((text) => new URL(text).href === `${new URL(text).origin}/`, URL_ERROR)
  .transform((text) => new URL(text).origin);

/** The settings that both sides of the store have. */
export const bucketShape = {
  STORAGE_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "is no name of a bucket"),
  STORAGE_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, "is no region")
    .default("us-east-1"),
  STORAGE_ACCESS_KEY_ID: z.string().regex(/^[^\s/,]{3,128}$/, "is no id of a key"),
  STORAGE_SECRET_ACCESS_KEY: z.string().min(16, "is too short"),
};

export const storageShape = {
  ...bucketShape,
  STORAGE_URL: originSetting,
  STORAGE_PUBLIC_URL: originSetting.optional(),
};

interface BucketConfig {
  readonly STORAGE_BUCKET: string;
  readonly STORAGE_REGION: string;
  readonly STORAGE_ACCESS_KEY_ID: string;
  readonly STORAGE_SECRET_ACCESS_KEY: string;
}

export interface StorageConfig extends BucketConfig {
  readonly STORAGE_URL: string;
  readonly STORAGE_PUBLIC_URL?: string | undefined;
}

export function bucketOf(config: BucketConfig): Pick<S3Options, "bucket" | "credentials"> {
  return {
    bucket: config.STORAGE_BUCKET,
    credentials: {
      accessKeyId: config.STORAGE_ACCESS_KEY_ID,
      secretAccessKey: config.STORAGE_SECRET_ACCESS_KEY,
      region: config.STORAGE_REGION,
    },
  };
}

export function storageOfSettings(config: StorageConfig): Storage {
  const { STORAGE_URL: url, STORAGE_PUBLIC_URL: publicUrl = url } = config;
  return createS3Storage({ url, publicUrl, ...bucketOf(config) });
}
