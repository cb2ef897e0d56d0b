/** A typed client of the photoshoot service. Start with `Client`. */

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

interface Process {
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
  }[];
  /** Tasks made before its first one that waits; null: none waits. */
  queuePosition?: number | null;
  secondsLeft?: number;
}

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

/** The service refused a call; `traceId` finds it in the service's log. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly errors: unknown,
    readonly traceId: string,
    readonly retryAfterSeconds: number | null,
  ) {
    super(`${status}: ${JSON.stringify(errors)}`);
    this.name = "ApiError";
  }
}

interface Call {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  query?: Record<string, string | number | boolean>;
  form?: FormData;
  json?: unknown;
  headers?: Record<string, string>;
}

const GENERATION = "/Image/ProductGeneration";
const FORMATS: Record<Format, number> = { png: 0, jpeg: 1, pdf: 2 };
const FINAL: readonly RenderState[] = [4, 5, 6];

/** Calls the service, and waits for it; a call that finds it busy is sent again when it says so. */
export class Client {
  constructor(
    private readonly url: string,
    private readonly credentials: Credentials,
    private readonly retries = 5,
  ) {}

  presets(userId: string): Promise<Preset[]> {
    return this.json(`${GENERATION}/PresetKeys`, { query: { ...this.own(), userId } });
  }

  /** Uploads a photo: what it shows, and what suits it. */
  recommend(photo: Blob, userId: string, cutout: Cutout = {}): Promise<Recommendations> {
    const form = fill({ ...this.own(), userId });
    attach(form, photo, cutout);
    return this.json(`${GENERATION}/Recommendations`, { method: "POST", form });
  }

  /** Orders a picture per prompt and size; `fields` are further fields of the form, such as `seed`. */
  order(
    found: Recommendations,
    userId: string,
    prompts: Prompt[],
    renderKind = 4,
    fields: Record<string, string | number | boolean> = {},
  ): Promise<Submitted> {
    const form = fill({
      ...this.own(),
      userId,
      renderKind,
      productImageAssetId: found.backgroundRemovedImageAssetId,
      PromptObjectsString: JSON.stringify(prompts.map(describe)),
      productName: found.productInfo.productName || "product",
      productDescription: found.productInfo.productDescription || "A product.",
      ...fields,
    });
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    return this.json(`${GENERATION}/AdCreative`, { method: "POST", form, headers });
  }

  /** Photo in, picture out. */
  async shoot(
    photo: Blob,
    userId: string,
    prompt?: Prompt,
    format: Format = "png",
    cutout: Cutout = {},
  ): Promise<Blob> {
    const prompts = prompt === undefined ? {} : { PromptObjectsString: JSON.stringify([describe(prompt)]) };
    const form = fill({ ...this.own(), userId, ...prompts });
    attach(form, photo, cutout);
    const query = { format: FORMATS[format], waitSeconds: 600 };
    return (await this.send(`${GENERATION}/Shoot`, { method: "POST", form, query })).blob();
  }

  async check(process: Process): Promise<Progress> {
    const query = { userId: process.userId, imageProductGeneratorProcessId: process.imageRenderProcessId, details: true };
    const told = await this.json<Progress[]>(`${GENERATION}/CheckUserProgress`, { query });
    const first = told[0];
    if (first === undefined) throw new Error("the service told of no process");
    return first;
  }

  /** Asks until all tasks are finished. */
  async wait(process: Process, everyMs = 1000, onProgress?: (progress: Progress) => void): Promise<Progress> {
    for (;;) {
      const told = await this.check(process);
      onProgress?.(told);
      if (told.taskUrls.every((task) => FINAL.includes(task.renderState))) return told;
      await sleep(everyMs);
    }
  }

  async download(process: Process, taskId: string, format: Format = "png", lowResolution = false): Promise<Blob> {
    const query = { ...this.name(process), taskId, format: FORMATS[format], lowResolution };
    return (await this.send(`${GENERATION}/Download`, { query })).blob();
  }

  cancel(process: Process, taskId?: string): Promise<Progress> {
    const query = { ...this.name(process), ...(taskId === undefined ? {} : { taskId }) };
    return this.json(`${GENERATION}/Cancel`, { method: "POST", query });
  }

  reroll(process: Process, taskId: string, seed?: number): Promise<Submitted> {
    const query = { ...this.name(process), taskId, ...(seed === undefined ? {} : { seed }) };
    return this.json(`${GENERATION}/Reroll`, { method: "POST", query });
  }

  /** The answer's secret is told this once. */
  createChannel(url: string, name = "", includeImageData = false): Promise<Channel & { secret: string }> {
    return this.json("/NotificationChannel", { method: "POST", json: { ...this.own(), url, name, includeImageData } });
  }

  deleteProcess(process: Process): Promise<Deleted> {
    return this.json(`${GENERATION}/Process`, { method: "DELETE", query: this.name(process) });
  }

  deleteUser(userId: string): Promise<Deleted> {
    return this.json(`${GENERATION}/User`, { method: "DELETE", query: { ...this.own(), userId } });
  }

  private own(): { applicationId: string } {
    return { applicationId: this.credentials.applicationId };
  }

  private name(process: Process): { applicationId: string; imageProductGeneratorProcessId: string } {
    return { ...this.own(), imageProductGeneratorProcessId: process.imageRenderProcessId };
  }

  private async json<T>(path: string, call: Call): Promise<T> {
    return (await (await this.send(path, call)).json()) as T;
  }

  private async send(path: string, call: Call): Promise<Response> {
    const url = new URL(`/api/v1${path}`, this.url);
    for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, String(value));
    const headers: Record<string, string> = {
      "x-api-key": this.credentials.key,
      "x-api-secret": this.credentials.secret,
      ...call.headers,
    };
    if (call.json !== undefined) headers["Content-Type"] = "application/json";
    const body = call.form ?? (call.json === undefined ? null : JSON.stringify(call.json));
    for (let tries = 0; ; tries++) {
      const answer = await fetch(url, { method: call.method ?? "GET", headers, body });
      if (answer.ok && answer.status !== 202) return answer;
      const error = await read(answer);
      if (![429, 503].includes(error.status) || tries >= this.retries) throw error;
      await sleep(1000 * (error.retryAfterSeconds ?? 2 ** tries));
    }
  }
}

/** Whether the service signed a message to a channel, within five minutes; `body` is the raw body. */
export async function isGenuine(secret: string, headers: Headers, body: string): Promise<boolean> {
  const [id, stamp, given] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => headers.get(name));
  if (!id || !stamp || !given || Math.abs(Date.now() / 1000 - Number(stamp)) > 300) return false;
  const raw = Uint8Array.from(atob(secret.replace(/^whsec_/, "")), (char) => char.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const text = new TextEncoder().encode(`${id}.${stamp}.${body}`);
  for (const one of given.split(" ")) {
    const signature = Uint8Array.from(atob(one.replace(/^v1,/, "")), (char) => char.charCodeAt(0));
    if (one.startsWith("v1,") && (await crypto.subtle.verify("HMAC", key, signature, text))) return true;
  }
  return false;
}

function describe(prompt: Prompt): Exclude<Prompt, string> {
  return typeof prompt === "string" ? { tag: "custom", prompt } : prompt;
}

function fill(fields: Record<string, string | number | boolean>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  return form;
}

function attach(form: FormData, photo: Blob, cutout: Cutout): void {
  form.set("productImage", photo, "photo");
  if (cutout.select !== undefined) form.set("select", cutout.select);
  if (cutout.glass !== undefined) form.set("glass", String(cutout.glass));
  if (cutout.keep !== undefined) form.set("keep", cutout.keep, "keep");
  if (cutout.remove !== undefined) form.set("remove", cutout.remove, "remove");
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function read(answer: Response): Promise<ApiError> {
  const wait = Number(answer.headers.get("retry-after") ?? NaN);
  const errors: unknown = await answer.json().then(
    (body: { errors?: unknown }) => body.errors ?? body,
    () => ({}),
  );
  const trace = answer.headers.get("x-trace-id") ?? "";
  return new ApiError(answer.status, errors, trace, Number.isNaN(wait) ? null : wait);
}
