// Every call of the TypeScript client once, for test_examples.py: node every_call.mjs URL PHOTO
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";

const { Client, isGenuine } = await import(process.env.CLIENT);
const [url, photo] = process.argv.slice(2);
const who = {
  applicationId: process.env.PHOTOSHOOT_APP,
  key: process.env.PHOTOSHOOT_KEY,
  secret: process.env.PHOTOSHOOT_SECRET,
};
const client = new Client(url, who);
const told = {};
const tokens = await client.getTokens(process.env.PHOTOSHOOT_PRIVATE_KEY);
const renewed = await client.refreshTokens(tokens);
told.tokens = renewed.accessToken === tokens.accessToken ? "the same" : "new";

const user = randomUUID();
const keyless = new Client(url, who); // it knows no private key: each refresh token counts once
await keyless.refreshTokens(renewed);
told.together = 0;
for (let round = 0; round < 3; round++) {
  keyless.accessToken = "ended";
  const answers = await Promise.all([1, 2, 3, 4].map(() => keyless.presets(user)));
  told.together += answers.filter((presets) => presets.length > 0).length;
}
told.found = (await client.searchPresets(user, "white background"))[0].id;
told.understood = (await client.readPrompt(user, "on a marble counter")).understood;
const image = new Blob([await readFile(photo)]);
const found = await client.recommend(image, user);
const prompt = { tag: "preset", preset: "white_background" };
const light = { azimuth_deg: -90 };
const order = await client.order(found, user, [prompt], 4, { size: "96x64", seed: 7, light });
const done = await client.wait(order, 100);
told.states = done.taskUrls.map((task) => task.renderState);
const shot = await client.shoot(image, user, prompt, "jpeg", {}, { size: "64x64" }, { lowResolution: true });
const cut = await client.recommend(new Blob([await readFile(process.env.CUT_PHOTO)]), user);
told.warned = [found, shot, cut].map((one) => one.warning.slice(0, 21));
told.shot = shot.taskId && shot.processId && shot.assetId ? shot.type : "no ids";
const late = await client.shoot(image, user, prompt, "png", {}, { size: "64x96" }, { waitSeconds: 0 }).catch((error) => error);
for await (const event of client.follow(late.process)) told.followed = event.progress;
client.accessToken = "ended";
told.renewed = (await client.presets(user)).length > 0 && client.accessToken !== "ended";
told.forged = await isGenuine("whsec_AAAA", { "webhook-id": "1" }, "");
const task = done.taskUrls[0].taskId;
const again = await client.reroll(done, task, 8);
told.sizes = [order.totalTaskCount, again.totalTaskCount];
await client.cancel(again);
const page = await client.list({ userId: user, limit: 1, since: "2020-01-01" });
told.pages = [page.processes.length, page.nextCursor !== null];

const channel = await client.createChannel("https://1.1.1.1/hook", "first");
const changed = await client.changeChannel(channel.id, { name: "renamed", isActive: false });
told.channels = [changed.name, (await client.channels()).length, (await client.channels(true)).length];
await client.changeChannel(channel.id, { isActive: true });
const last = await client.reroll(done, task, 9);
await client.cancel(last);
const [delivery] = await client.deliveries(channel.id);
told.deliveries = [(await client.redeliver(channel.id, delivery.id)).state];
await client.deleteChannel(channel.id);
told.deleted = [
  (await client.deletePicture(done, task)).pictures.length,
  (await client.deleteProcess(done)).processes.length,
  (await client.deleteUpload(found)).uploads.length,
  (await client.deleteUser(user)).uploads.length,
];
const refusals = [];
for (const attempt of [
  () => client.order(found, user, [prompt], 3),
  () => new Client(url, { ...who, secret: "0" }).presets(user),
])
  await attempt().catch((error) => refusals.push(error.status === 401 ? error.denial : error.status));
told.refused = refusals;
console.log(JSON.stringify(told));
