/** What goes out and comes in, in the names of the OpenAPI document. */

/** An application's secrets, as `photoshoot apps create` shows them. */
export interface Credentials {
  applicationId: string;
  key: string;
  secret: string;
}

/** `renderState`: 1 queued, 2 processing, 3 uploading, 4 failed, 5 completed, 6 cancelled. */
export type RenderState = 0 | 1 | 2 | 3 | 4 | 5 | 6;
export type Format = "png" | "jpeg" | "pdf";
/** A text is a custom prompt. */
export type Prompt =
  | string
  | { tag: "preset"; preset: string; negative?: string | null }
  | { tag: "custom"; prompt: string; nativeLanguagePrompt?: string | null; negative?: string | null };

export interface Preset {
  id: string;
  previewImageUrl: string;
  previewName: string;
  promptText: string;
  tags: string[];
  categories: { name: string }[];
  isOldPreset: boolean;
}

export interface Recommendations {
  productInfo: { productName: string; productDescription: string };
  backgroundRemovedImageAssetId: string;
  recommendedPrompts: string[];
  recommendedPresetIds: string[];
  /** What was not there of the photo's file, where it was cut short; else empty. */
  warning?: string;
}

/** What is wished of a photo's cut-out. */
export interface Cutout {
  /** Which of the things in it is the product: a number, a point, a box or words. */
  select?: string;
  glass?: boolean;
  /** A picture whose strokes, white or opaque, are of the product. */
  keep?: Blob;
  /** The same of what is not. */
  remove?: Blob;
}

export interface Process {
  messageType: "ImageProductGenerationProgress";
  requestRenderState: RenderState;
  applicationId: string;
  userId: string;
  imageRenderProcessId: string;
  totalTaskCount: number;
  completedTaskCount: number;
  progress: number;
  renderType: number;
  isSuccessful: boolean;
  errorMessage: string;
}

export interface Submitted extends Process {
  tasks: Record<string, RenderState>;
}

export interface Progress extends Process {
  taskUrls: {
    taskId: string;
    renderState: RenderState;
    publicImageUrl: string;
    /** By format, of those that the order's `formats` asked for. */
    fileUrls?: Record<string, string>;
    /** Which of the order's prompts it answers, from 0; told by `check` and `wait`, as the next two. */
    promptIndex?: number;
    /** Name of its size, or the size itself. */
    size?: string;
    /** Why it failed or was cancelled. */
    errorMessage?: string;
  }[];
  /** Tasks made before its first one that waits; null: none waits. */
  queuePosition?: number | null;
  secondsLeft?: number;
}

/** What is wished of a picture in one call. */
export interface ShotOptions {
  /** 0 to 600, 240 unless said (Node's `fetch` waits for 300 at most); after it an `ApiError` of status 202 has the `process`. */
  waitSeconds?: number;
  /** The thumbnail. */
  lowResolution?: boolean;
}

/** A picture in one call, and what was made for it. */
export type Shot = Blob & { processId: string; taskId: string; assetId: string; warning: string };

export interface Channel {
  id: string;
  applicationId: string;
  name: string;
  url: string;
  includeImageData: boolean;
  isActive: boolean;
  createdAt: string;
}

export interface Deleted {
  uploads: string[];
  processes: string[];
  pictures: string[];
  channels: string[];
}

/** Tokens of the private key; `refreshToken` gives a new pair. */
export interface Tokens {
  applicationId: string;
  accessToken: string;
  accessTokenExpiration: string;
  refreshToken: string;
  refreshTokenExpiration: string;
}

/** A preset that a search has found. */
export interface FoundPreset {
  id: string;
  previewName: string;
  previewImageUrl: string;
  score: number;
  likeness: number | null;
  words: string[];
}

/** How a prompt is read. */
export interface PromptReading {
  understood: boolean;
  language: string;
  english: string;
  mended: Record<string, string>;
  setName: string;
  words: Record<string, string[]>;
  unread: string[];
  absent: string[];
  confidence: number;
  reading: string;
  nearest: { id: string; previewImageUrl: string; score: number; why: string }[];
  note: string | null;
}

/** A page of processes; `nextCursor` is null on the last one. */
export interface Page {
  processes: Progress[];
  nextCursor: string | null;
}

/** Which processes a list has: dates in ISO 8601, without a zone in UTC. */
export interface ProcessFilter {
  userId?: string;
  state?: RenderState;
  since?: string;
  until?: string;
  limit?: number;
  cursor?: string;
}

/** A message to a channel; `id` is its `webhook-id`. */
export interface Delivery {
  id: string;
  imageRenderProcessId: string;
  taskId: string | null;
  state: "pending" | "delivered" | "given_up";
  tries: number;
  lastError: string;
  createdAt: string | null;
}

/** The service refused a call; `traceId` finds it in the service's log. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly errors: unknown,
    readonly traceId: string,
    readonly retryAfterSeconds: number | null,
    /** Which of the credentials is wrong, of a 401. */
    readonly denial: string = "",
    /** What `shoot` did not wait for. */
    readonly process: Submitted | null = null,
  ) {
    super(`${status}: ${denial || JSON.stringify(errors)}`);
    this.name = "ApiError";
  }
}
