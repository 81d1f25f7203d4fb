"use strict";
(() => {
  const byId = id => document.getElementById(id);
  const make = (name, text, parent) => { const node = document.createElement(name); node.textContent = text ?? ""; parent?.append(node); return node; };

  // The verdict table within another tolerance.
  const verdicts = [["matching", "✓ matching"], ["not", "✗ not matching"], ["undecided", "? undecided"], ["uninformative", "– uninformative"]];
  byId("tolerances").hidden = false;
  byId("tolerances").addEventListener("change", event => {
    const caption = document.querySelector("#verdict caption"), words = "Verdicts, within " + event.target.parentNode.textContent.trim();
    caption.textContent = words;
    caption.closest("[role=region]").setAttribute("aria-label", words);
    for (const cell of document.querySelectorAll("td[data-m]")) {
      const [name, verdict] = verdicts[cell.dataset.m[event.target.value]];
      cell.className = "m " + name;
      cell.querySelector("b").textContent = verdict;
    }
  });

  // Everything is open on paper.
  let closed = [];
  addEventListener("beforeprint", () => { closed = [...document.querySelectorAll("details:not([open])")]; closed.forEach(one => one.open = true); });
  addEventListener("afterprint", () => closed.forEach(one => one.open = false));

  if (!byId("examples")) return;
  const data = JSON.parse(byId("examples-data").textContent), page = 10;
  let shown = page;
  const filters = [["task", data.tasks], ["variant", data.variants], ["flip", data.flips]].map(([id, names], column) => {
    const select = byId("filter-" + id), present = new Set(data.examples.map(one => one[column]));
    select.append(new Option("all", ""), ...names.map((name, i) => [name, i]).filter(([, i]) => present.has(i)).map(([name, i]) => new Option(name, i)));
    select.addEventListener("change", () => { shown = page; show(); });
    return select;
  });

  function answer(parent, who, text) {
    const box = make("p", "", parent);
    make("b", who, box);
    box.append(text || "(empty)");
  }

  function draw([task, variant, flip, question, dense, here]) {
    const box = document.createElement("article"), [text, target] = data.questions[question];
    box.className = "example";
    make("h3", `${data.tasks[task]} · ${data.variants[variant]} · ${data.flips[flip]}`, box);
    const prompt = make("pre", text, box);
    prompt.tabIndex = 0;
    const answers = make("div", "", box);
    answers.className = "answers";
    answer(answers, "dense", dense);
    answer(answers, data.variants[variant], here);
    if (target) make("p", "Right: " + target, box);
    return box;
  }

  function show() {
    const found = data.examples.filter(one => filters.every((filter, column) => filter.value === "" || one[column] === +filter.value));
    byId("example-list").replaceChildren(...found.slice(0, shown).map(draw));
    byId("example-count").textContent = `${Math.min(shown, found.length)} of ${found.length} examples`;
    byId("example-more").hidden = found.length <= shown;
  }

  byId("example-more").addEventListener("click", () => {
    const first = shown;
    shown += page;
    show();
    const next = byId("example-list").children[first];
    next.tabIndex = -1;
    next.focus();
  });
  byId("filter-flip").value = [...byId("filter-flip").options].some(option => option.value === "0") ? "0" : "";
  show();
})();
