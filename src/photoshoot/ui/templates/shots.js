element.addEventListener('click', event => {
  const button = event.target.closest('.ps-shot');
  if (!button) return;
  props.value = {...props.value, chosen: button.dataset.id};
  trigger('select', {id: button.dataset.id});
});
