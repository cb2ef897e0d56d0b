const sides = ['left', 'center', 'right'];
let held = false;
const put = (anchor, base) => { props.value = {anchor, base: Math.min(1, Math.max(.2, Math.round(base * 100) / 100))}; };
const follow = event => {
  const box = element.querySelector('svg').getBoundingClientRect();
  const x = (event.clientX - box.left) / box.width, y = ((event.clientY - box.top) / box.height * 176 - 8) / 160;
  put(sides[Math.min(2, Math.max(0, Math.floor(x * 3)))], y);
};
element.addEventListener('pointerdown', event => { held = true; follow(event); event.preventDefault(); });
window.addEventListener('pointermove', event => { if (held) follow(event); });
window.addEventListener('pointerup', () => { if (held) { held = false; trigger('input'); } });
element.addEventListener('keydown', event => {
  const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -.04], ArrowDown: [0, .04]}[event.key];
  if (!step) return;
  event.preventDefault();
  put(sides[Math.min(2, Math.max(0, sides.indexOf(props.value.anchor) + step[0]))], props.value.base + step[1]);
  trigger('input');
  requestAnimationFrame(() => element.querySelector('svg').focus());
});
