// What the page does beside its controls: it keeps them over a reload, takes photos that are pasted or
// dropped anywhere, keeps orders until the photo is there, and tells when its server is gone.
(() => {
  const KEPT = 'photoshoot-controls', EVERY_MS = 4000, IDLE_MS = 60_000, PATIENCE_MS = 8000, AGAIN_MS = 1000;
  let restored = false, missed = 0;

  // Controls: of a picker what is chosen is kept, and not what there is to choose from.
  const slim = value => value && value.items ? {chosen: value.chosen} : value;
  const widen = (now, kept) => now && now.items ? {...now, chosen: kept.chosen} : kept;
  window.keepControls = (session, ...values) => {
    if (restored) sessionStorage.setItem(KEPT, JSON.stringify({session, values: values.map(slim)}));
  };
  window.restoreControls = (session, ...values) => {
    restored = true;
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || 'null');
    if (!kept || kept.session !== session || kept.values.length !== values.length) return values;
    return values.map((value, number) => widen(value, kept.values[number]));
  };

  // Photos: they go to the box for photos of the tab that is open.
  const findBox = () => [...document.querySelectorAll('#photo, #batch-photos')].find(box => box.offsetParent);
  const give = files => {
    const box = findBox(), input = box && box.querySelector('input[type=file]');
    if (!input || !files.length) return false;
    const handed = new DataTransfer();
    for (const file of input.multiple ? files : [files[0]]) handed.items.add(file);
    input.files = handed.files;
    input.dispatchEvent(new Event('change', {bubbles: true}));
    box.scrollIntoView({block: 'nearest'});
    return true;
  };
  const isFile = event => [...event.dataTransfer.types].includes('Files');
  const mark = over => { const box = findBox(); if (box) box.classList.toggle('ps-over', over); };
  document.addEventListener('paste', event => { if (give(event.clipboardData.files)) event.preventDefault(); });
  document.addEventListener('dragover', event => { if (isFile(event)) { event.preventDefault(); mark(true); } });
  document.addEventListener('dragleave', event => { if (!event.relatedTarget) mark(false); });
  document.addEventListener('drop', event => {
    mark(false);
    if (!isFile(event) || event.target.closest('#photo, #batch-photos')) return;  // these take it themselves
    event.preventDefault();  // else the browser would leave the page and show the file
    give(event.dataTransfer.files);
  });

  // Orders: one that is given while a photo is sent or cut out is of that photo, and waits for it.
  const status = document.createElement('div');
  status.className = 'ps-waits';
  status.setAttribute('role', 'status');
  let sending = 0, cutting = false, ordered = null;
  const hold = button => {
    ordered = button;
    status.textContent = button ? 'Your photo is still being cut out. Its pictures come right after that.' : '';
  };
  const settle = () => {
    if (sending || cutting || !ordered) return;
    const button = ordered;
    hold(null);
    button.click();
  };
  const ask = window.fetch;
  window.fetch = async (...asked) => {
    if (!/\/upload(\?|$)/.test(asked[0].url || asked[0])) return ask(...asked);
    sending += 1;
    try {
      const answer = await ask(...asked);
      if (!answer.ok) hold(null);  // there is no photo to wait for
      else if (document.querySelector('#photo .uploading')) cutting = true;  // next, however late a busy page begins
      return answer;
    } catch (error) {
      hold(null);
      throw error;
    } finally {
      sending -= 1;
      setTimeout(settle, AGAIN_MS);  // until then the page has begun to cut it out
    }
  };
  window.takePhoto = begun => { cutting = begun; if (!begun) settle(); };
  document.addEventListener('click', event => {
    const button = event.target.closest('#drafts, #finals');
    if (!button || !(sending || cutting)) return;
    event.stopImmediatePropagation();
    hold(button);
  }, true);

  // The server: Gradio hears of its end only where something was asked for.
  const banner = document.createElement('div');
  banner.className = 'ps-gone';
  banner.setAttribute('role', 'alert');
  const tell = text => { banner.textContent = text; banner.hidden = !text; };
  tell('');
  // It is asked often while someone is there, seldom after a minute, and never while the page is hidden.
  let used = performance.now(), timer = 0;
  const later = () => {
    clearTimeout(timer);
    const idle = performance.now() - used > IDLE_MS && !missed;
    if (!document.hidden) timer = setTimeout(look, missed === 1 ? AGAIN_MS : idle ? IDLE_MS : EVERY_MS);
  };
  const look = async () => {
    clearTimeout(timer);
    let there = false;
    try {
      there = (await fetch('healthz', {cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS)})).status < 500;
    } catch { /* it is gone, or too busy to answer */ }
    if (there && missed > 1) return location.reload();
    missed = there ? 0 : missed + 1;
    if (missed === 2) tell('The server has stopped answering. Your photo and settings are kept; this page goes on by itself when it is back.');
    later();
  };
  const use = () => {
    const away = performance.now() - used > IDLE_MS;
    used = performance.now();
    if (away) look();
  };
  for (const kind of ['pointerdown', 'keydown']) document.addEventListener(kind, use, true);
  document.addEventListener('visibilitychange', () => { document.hidden ? clearTimeout(timer) : look(); });
  const begin = () => { document.body.append(banner, status); later(); };
  document.body ? begin() : document.addEventListener('DOMContentLoaded', begin);
})();
