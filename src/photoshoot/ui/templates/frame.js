const held_in = (value, least) => Math.min(1, Math.max(least, Math.round(value * 100) / 100));
let held = false;
const put = (x, base) => { props.value = {x: held_in(Math.abs(x - .5) < .025 ? .5 : x, 0), base: held_in(base, .2)}; };
const follow = event => {
  const box = element.querySelector('svg').getBoundingClientRect();
  put(((event.clientX - box.left) / box.width * 176 - 8) / 160, ((event.clientY - box.top) / box.height * 176 - 8) / 160);
};
element.addEventListener('pointerdown', event => { held = true; follow(event); event.preventDefault(); });
window.addEventListener('pointermove', event => { if (held) follow(event); });
window.addEventListener('pointerup', () => { if (held) { held = false; trigger('input'); } });
element.addEventListener('keydown', event => {
  const step = {ArrowLeft: [-.05, 0], ArrowRight: [.05, 0], ArrowUp: [0, -.04], ArrowDown: [0, .04]}[event.key];
  if (!step) return;
  event.preventDefault();
  put(props.value.x + step[0], props.value.base + step[1]);
  trigger('input');
  requestAnimationFrame(() => element.querySelector('svg').focus());
});
