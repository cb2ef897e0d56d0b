/** A typed client of the photoshoot service. Start with `Client`. */

export { Client } from "./client.js";
export * from "./records.js";
export { isGenuine, type MessageHeaders } from "./webhooks.js";
