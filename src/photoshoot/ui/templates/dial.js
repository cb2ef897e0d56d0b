const put = (azimuth, elevation) => {
  azimuth = ((azimuth + 540) % 360) - 180;
  props.value = {azimuth: Math.round(azimuth), elevation: Math.round(Math.min(88, Math.max(5, elevation)))};
};
let held = false;
const follow = event => {
  const box = element.querySelector('svg').getBoundingClientRect();
  const x = (event.clientX - box.left) / box.width * 176 - 88, y = (event.clientY - box.top) / box.height * 176 - 88;
  put(Math.atan2(x, y) * 180 / Math.PI, 90 - Math.min(70, Math.hypot(x, y)) / 70 * 90);
};
element.addEventListener('pointerdown', event => { held = true; follow(event); event.preventDefault(); });
window.addEventListener('pointermove', event => { if (held) follow(event); });
window.addEventListener('pointerup', () => { if (held) { held = false; trigger('input'); } });
element.addEventListener('keydown', event => {
  const step = {ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, 5], ArrowDown: [0, -5]}[event.key];
  if (!step) return;
  event.preventDefault();
  put(props.value.azimuth + step[0], props.value.elevation + step[1]);
  trigger('input');
  requestAnimationFrame(() => element.querySelector('svg').focus());
});
