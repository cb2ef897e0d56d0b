element.addEventListener('click', event => {
  const button = event.target.closest('.ps-pick');
  if (!button) return;
  const id = button.dataset.id, value = props.value;
  const others = value.chosen.filter(one => one !== id);
  const chosen = others.length < value.chosen.length ? others : [...value.chosen, id].slice(-value.most);
  const box = element.querySelector('.ps-scroll'), top = box ? box.scrollTop : 0;
  props.value = {...value, chosen};
  trigger('input');
  requestAnimationFrame(() => {
    const now = element.querySelector('.ps-scroll');
    if (now) now.scrollTop = top;
    const again = element.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (again) again.focus({preventScroll: true});
  });
});
