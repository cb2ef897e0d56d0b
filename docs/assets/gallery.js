// The gallery of presets: filters by words, category, holiday and stance, and opens a preset. Nothing is loaded for it.
(() => {
  const gallery = document.getElementById("preset-gallery");
  if (!gallery) return;
  const form = gallery.querySelector("form.gallery-bar");
  const cards = [...gallery.querySelectorAll(".gallery-grid li")];
  const told = form.querySelector("output");
  const none = gallery.querySelector(".gallery-none");
  const dialog = gallery.querySelector("dialog");
  const picture = dialog.querySelector("img");
  const plate = dialog.querySelector("[data-plate]");
  const fields = ["words", "category", "holiday", "stance"];

  const has = (list, name) => !name || list.split("|").includes(name);

  function filter() {
    const wanted = Object.fromEntries(fields.map((name) => [name, form.elements[name].value.trim()]));
    const words = wanted.words.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      const data = card.dataset;
      const kept = has(data.categories, wanted.category) && has(data.holidays, wanted.holiday)
        && has(data.stance, wanted.stance) && words.every((word) => data.words.includes(word));
      card.hidden = !kept;
      shown += kept;
    }
    told.textContent = shown === 1 ? "1 preset" : `${shown} presets`;
    none.hidden = shown > 0;
    const kept = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
    history.replaceState(null, "", `${location.pathname}${kept.size ? `?${kept}` : ""}`);
  }

  function show(bare) {
    const folder = bare ? "plates" : "previews";
    picture.src = `presets/${folder}/${dialog.dataset.id}.webp`;
    picture.alt = bare ? "The set without a product" : "The set with a product";
    plate.textContent = bare ? "With the product" : "Without the product";
    plate.dataset.bare = bare ? "1" : "";
  }

  function open(card) {
    const { id, scene, tags, categories } = card.dataset;
    dialog.dataset.id = id;
    dialog.querySelector("h2").textContent = card.querySelector("span").textContent;
    dialog.querySelector("[data-scene]").textContent = scene;
    dialog.querySelector("[data-tags]").textContent = [id, categories.replaceAll("|", ", "), tags].filter(Boolean).join(" · ");
    dialog.querySelector("[data-command]").textContent = `photoshoot shoot PHOTO --preset ${id}`;
    dialog.querySelector("[data-python]").textContent = `shoot.generate("PHOTO", prompts=[Prompt.preset("${id}")])`;
    show(false);
    dialog.showModal();
    dialog.scrollTop = 0;
  }

  form.addEventListener("input", filter);
  none.querySelector("button").addEventListener("click", () => { form.reset(); filter(); });
  plate.addEventListener("click", () => show(!plate.dataset.bare));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  for (const card of cards) card.querySelector("button").addEventListener("click", () => open(card));
  for (const button of dialog.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
  }

  const asked = new URLSearchParams(location.search);
  for (const name of fields) if (asked.has(name)) form.elements[name].value = asked.get(name);
  if (asked.size) filter();
})();
