/** Tells genuine messages from others. */

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
