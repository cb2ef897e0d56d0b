// From a photo to PDFs by the service: node examples/service/order.mjs URL PHOTO OUT
// PHOTOSHOOT_APP, PHOTOSHOOT_KEY and PHOTOSHOOT_SECRET are what `photoshoot apps create` has shown.
// CLIENT is the built client's file, clients/typescript/dist/index.js; left out: the package that is installed.
import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const built = process.env.CLIENT && pathToFileURL(resolve(process.env.CLIENT)).href;
const { Client } = await import(built || "product-photoshoot-client");
const [url, photo, out] = process.argv.slice(2);
const client = new Client(url, {
  applicationId: process.env.PHOTOSHOOT_APP,
  key: process.env.PHOTOSHOOT_KEY,
  secret: process.env.PHOTOSHOOT_SECRET,
});
const user = randomUUID();
const found = await client.recommend(new Blob([await readFile(photo)]), user);
const prompts = found.recommendedPresetIds.slice(0, 2).map((preset) => ({ tag: "preset", preset }));
const order = await client.order(found, user, prompts, 64, { seed: 7 });
const done = await client.wait(order, 500, (told) => console.log(`${told.progress} %`));
for (const { taskId } of done.taskUrls) {
  const file = await client.download(done, taskId, "pdf");
  await writeFile(`${out}/${taskId}.pdf`, Buffer.from(await file.arrayBuffer()));
}
const deleted = await client.deleteUser(user);
console.log(`deleted ${deleted.processes.length} process`);
