/** Sends the calls, and waits. */

import type {
  Channel,
  Credentials,
  Cutout,
  Deleted,
  Delivery,
  Format,
  FoundPreset,
  Page,
  Preset,
  Process,
  ProcessFilter,
  Progress,
  Prompt,
  PromptReading,
  Recommendations,
  RenderState,
  Shot,
  ShotOptions,
  Submitted,
  Tokens,
} from "./records.js";
import { ApiError } from "./records.js";

/** Further fields of an order's form, such as `seed`; an object goes out as JSON, what is null or undefined not at all. */
type Fields = Record<string, string | number | boolean | object | null | undefined>;
interface Call {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  query?: Record<string, string | number | boolean | undefined>;
  form?: FormData;
  json?: unknown;
  headers?: Record<string, string>;
}

const GENERATION = "/Image/ProductGeneration";
const FORMATS: Record<Format, number> = { png: 0, jpeg: 1, pdf: 2 };
/** Node's `fetch` gives up on an answer that has not begun after 300 s. */
const LONGEST_WAIT_SECONDS = 240;
const FINAL: readonly RenderState[] = [4, 5, 6];

/** Calls the service, and waits for it; a call that finds it busy is sent again when it says so. */
export class Client {
  private accessToken = "";
  private privateKey = "";
  private latest: Tokens | null = null;
  private renewing: Promise<Tokens> | null = null;

  constructor(
    private readonly url: string,
    private readonly credentials: Credentials,
    private readonly retries = 5,
  ) {}

  /** Tokens for the application's private key: all calls carry them from then on, and renew them when they end. */
  async getTokens(jwtPrivateKey: string): Promise<Tokens> {
    const tokens = await this.take("GenerateJwtToken", { jwtPrivateKey });
    this.privateKey = jwtPrivateKey;
    return tokens;
  }

  /** New tokens for those that are about to end; these count once. */
  refreshTokens(tokens: Tokens): Promise<Tokens> {
    return this.take("RefreshJwtToken", { refreshToken: tokens.refreshToken });
  }

  presets(userId: string): Promise<Preset[]> {
    return this.json(`${GENERATION}/PresetKeys`, { query: { ...this.own(), userId } });
  }

  /** The presets that fit a text of any language, best first. */
  searchPresets(userId: string, text: string): Promise<FoundPreset[]> {
    return this.json(`${GENERATION}/PresetSearch`, { query: { ...this.own(), userId, text } });
  }

  /** How a prompt would be read. */
  readPrompt(userId: string, text: string): Promise<PromptReading> {
    return this.json(`${GENERATION}/PromptReading`, { query: { ...this.own(), userId, text } });
  }

  /** Uploads a photo: what it shows, and what suits it. */
  async recommend(photo: Blob, userId: string, cutout: Cutout = {}): Promise<Recommendations> {
    const form = fill({ ...this.own(), userId });
    attach(form, photo, cutout);
    const answer = await this.send(`${GENERATION}/Recommendations`, { method: "POST", form });
    return { ...((await answer.json()) as Recommendations), warning: answer.headers.get("x-photo-warning") ?? "" };
  }

  /** Orders a picture per prompt and size; `fields` are further fields of the form, and `size` goes before the kind. */
  order(
    found: Recommendations,
    userId: string,
    prompts: Prompt[],
    renderKind = 4,
    fields: Fields = {},
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

  /** Photo in, picture out; without a prompt by the preset that suits it best. */
  async shoot(
    photo: Blob,
    userId: string,
    prompt?: Prompt,
    format: Format = "png",
    cutout: Cutout = {},
    fields: Fields = {},
    options: ShotOptions = {},
  ): Promise<Shot> {
    const prompts = prompt === undefined ? {} : { PromptObjectsString: JSON.stringify([describe(prompt)]) };
    const form = fill({ ...this.own(), userId, ...prompts, ...fields });
    attach(form, photo, cutout);
    const query = { format: FORMATS[format], waitSeconds: LONGEST_WAIT_SECONDS, ...options };
    const answer = await this.send(`${GENERATION}/Shoot`, { method: "POST", form, query });
    if (answer.status === 202) throw new ApiError(202, {}, "", null, "", (await answer.json()) as Submitted);
    const named = (name: string) => answer.headers.get(name) ?? "";
    const made = { processId: named("x-process-id"), taskId: named("x-task-id"), assetId: named("x-asset-id") };
    return Object.assign(await answer.blob(), made, { warning: named("x-photo-warning") });
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

  /** Every change of a process, as the service tells it, to its end; a connection that is cut is opened anew. */
  async *follow(process: Process): AsyncGenerator<Progress> {
    const query = { userId: process.userId, imageProductGeneratorProcessId: process.imageRenderProcessId };
    for (let before = ""; ; await sleep(1000)) {
      const told = await this.check(process); // it waits for a busy service, and renews tokens
      if (JSON.stringify(told) !== before) yield told;
      before = JSON.stringify(told);
      if (told.progress === 100) return;
      try {
        const answer = await this.send(`${GENERATION}/ProgressEvents`, { query });
        for await (const line of lines(answer)) {
          if (!line.startsWith("data:")) continue;
          const event = JSON.parse(line.slice(5)) as Progress;
          if (JSON.stringify(event) !== before) yield event;
          before = JSON.stringify(event);
          if (event.progress === 100) return;
        }
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // what `fetch` throws where a connection is cut
      }
    }
  }

  /** Processes of the application, newest first. */
  async list(filter: ProcessFilter = {}): Promise<Page> {
    const answer = await this.send(`${GENERATION}/CheckApplicationAllProgresses`, { query: { ...this.own(), ...filter } });
    return { processes: (await answer.json()) as Progress[], nextCursor: answer.headers.get("x-next-cursor") };
  }

  async download(process: Process, taskId: string, format: Format = "png", lowResolution = false): Promise<Blob> {
    const query = { ...this.name(process), taskId, format: FORMATS[format], lowResolution };
    return (await this.send(`${GENERATION}/Download`, { query })).blob();
  }

  cancel(process: Process, taskId?: string): Promise<Progress> {
    const query = { ...this.name(process), taskId };
    return this.json(`${GENERATION}/Cancel`, { method: "POST", query });
  }

  reroll(process: Process, taskId: string, seed?: number): Promise<Submitted> {
    const query = { ...this.name(process), taskId, seed };
    return this.json(`${GENERATION}/Reroll`, { method: "POST", query });
  }

  /** The answer's secret is told this once. */
  createChannel(
    url: string,
    name = "",
    includeImageData = false,
    isActive = true,
  ): Promise<Channel & { secret: string }> {
    const json = { ...this.own(), url, name, includeImageData, isActive };
    return this.json("/NotificationChannel", { method: "POST", json });
  }

  channels(onlyActive = false): Promise<Channel[]> {
    return this.json(`/NotificationChannel${onlyActive ? "/Active" : ""}`, { query: this.own() });
  }

  /** Changes what is given; the secret stays. */
  changeChannel(
    channelId: string,
    changes: Partial<Pick<Channel, "url" | "name" | "includeImageData" | "isActive">>,
  ): Promise<Channel> {
    return this.json(`/NotificationChannel/${channelId}`, { method: "PATCH", json: { ...this.own(), ...changes } });
  }

  async deleteChannel(channelId: string): Promise<void> {
    await this.send(`/NotificationChannel/${channelId}`, { method: "DELETE", query: this.own() });
  }

  /** A channel's messages, newest first; `before` is the last one's id of the page before. */
  deliveries(channelId: string, state?: Delivery["state"], before?: string, limit = 100): Promise<Delivery[]> {
    const query = { ...this.own(), state, before, limit };
    return this.json(`/NotificationChannel/${channelId}/Deliveries`, { query });
  }

  /** Has a message sent once more. */
  redeliver(channelId: string, deliveryId: string): Promise<Delivery> {
    const path = `/NotificationChannel/${channelId}/Deliveries/${deliveryId}/Redeliver`;
    return this.json(path, { method: "POST", query: this.own() });
  }

  /** Deletes an upload; its pictures stay. */
  deleteUpload(found: Recommendations): Promise<Deleted> {
    const query = { ...this.own(), productImageAssetId: found.backgroundRemovedImageAssetId };
    return this.json(`${GENERATION}/Upload`, { method: "DELETE", query });
  }

  deletePicture(process: Process, taskId: string): Promise<Deleted> {
    return this.json(`${GENERATION}/Picture`, { method: "DELETE", query: { ...this.name(process), taskId } });
  }

  deleteProcess(process: Process): Promise<Deleted> {
    return this.json(`${GENERATION}/Process`, { method: "DELETE", query: this.name(process) });
  }

  deleteUser(userId: string): Promise<Deleted> {
    return this.json(`${GENERATION}/User`, { method: "DELETE", query: { ...this.own(), userId } });
  }

  /** Deletes the application itself, with everything of it. */
  deleteApplication(): Promise<Deleted> {
    return this.json("/Application", { method: "DELETE", query: this.own() });
  }

  private async take(name: string, secret: Record<string, string>): Promise<Tokens> {
    const json = { ...this.own(), ...secret };
    const tokens = await this.json<Tokens>(`/Authorization/${name}`, { method: "POST", json });
    this.accessToken = tokens.accessToken;
    this.latest = tokens;
    return tokens;
  }

  /** New tokens, once for all calls that wait for them: a refresh token counts once. */
  private renew(old: Tokens): Promise<Tokens> {
    this.renewing ??= (this.privateKey === "" ? this.refreshTokens(old) : this.getTokens(this.privateKey)).finally(
      () => (this.renewing = null),
    );
    return this.renewing;
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
    const url = new URL(`${this.url.replace(/\/+$/, "")}/api/v1${path}`);
    for (const [name, value] of Object.entries(call.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const body = call.form ?? (call.json === undefined ? null : JSON.stringify(call.json));
    let renewed = path.startsWith("/Authorization/");
    for (let tries = 0; ; tries++) {
      const carried = this.latest;
      const answer = await fetch(url, { method: call.method ?? "GET", headers: this.headers(call), body });
      if (answer.ok) return answer;
      const error = await read(answer);
      if (error.status === 401 && error.denial.includes("token") && carried !== null && !renewed) {
        renewed = true;
        if (this.latest === carried) await this.renew(carried); // else another call has renewed them meanwhile
        continue;
      }
      if (![429, 503].includes(error.status) || tries >= this.retries) throw error;
      await sleep(1000 * (error.retryAfterSeconds ?? 2 ** tries));
    }
  }

  private headers(call: Call): Record<string, string> {
    return {
      "x-api-key": this.credentials.key,
      "x-api-secret": this.credentials.secret,
      ...(this.accessToken === "" ? {} : { Authorization: `Bearer ${this.accessToken}` }),
      ...(call.json === undefined ? {} : { "Content-Type": "application/json" }),
      ...call.headers,
    };
  }
}

function describe(prompt: Prompt): Exclude<Prompt, string> {
  return typeof prompt === "string" ? { tag: "custom", prompt } : prompt;
}

function fill(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value !== null)
      form.set(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  return form;
}

function attach(form: FormData, photo: Blob, cutout: Cutout): void {
  form.set("productImage", photo, "photo");
  if (cutout.select !== undefined) form.set("select", cutout.select);
  if (cutout.glass !== undefined) form.set("glass", String(cutout.glass));
  if (cutout.keep !== undefined) form.set("keep", cutout.keep, "keep");
  if (cutout.remove !== undefined) form.set("remove", cutout.remove, "remove");
}

async function* lines(answer: Response): AsyncGenerator<string> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; reader !== undefined; ) {
    const { done, value } = await reader.read();
    const parts = (rest + (value ?? "")).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
    if (done) return;
  }
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
  const denial = /error_description="([^"]*)"/.exec(answer.headers.get("www-authenticate") ?? "")?.[1] ?? "";
  return new ApiError(answer.status, errors, trace, Number.isNaN(wait) ? null : wait, denial);
}
