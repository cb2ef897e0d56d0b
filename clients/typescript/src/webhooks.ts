/** Tells genuine messages from others. */

/** A message's headers: of `fetch`, or Node's `request.headers`. */
export type MessageHeaders = Headers | Record<string, string | string[] | undefined>;

/** Whether the service signed a message to a channel, within five minutes; `body` is the raw body. */
export async function isGenuine(secret: string, headers: MessageHeaders, body: string): Promise<boolean> {
  const [id, stamp, given] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => take(headers, name));
  if (!id || !stamp || !given || Math.abs(Date.now() / 1000 - Number(stamp)) > 300) return false;
  const raw = Uint8Array.from(atob(secret.replace(/^whsec_/, "")), (char) => char.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const text = new TextEncoder().encode(`${id}.${stamp}.${body}`);
  for (const one of given.split(" ")) {
    const coded = /^v1,([A-Za-z0-9+/]{43}=)$/.exec(one)?.[1];
    if (coded === undefined) continue;
    const signature = Uint8Array.from(atob(coded), (char) => char.charCodeAt(0));
    if (await crypto.subtle.verify("HMAC", key, signature, text)) return true;
  }
  return false;
}

function take(headers: MessageHeaders, name: string): string | null {
  if (headers instanceof Headers) return headers.get(name);
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === "string" ? found : null;
}
