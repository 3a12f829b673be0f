// Sorts tables and shows one judgement at a time. Everything is on the page without it.
(() => {
  "use strict";
  const say = document.createElement("p");
  say.className = "screen-only twin-said";
  say.setAttribute("role", "status");
  document.body.append(say);

  // Text for comparing: numbers as numbers, nothing last.
  const keyOf = (cell, numeric) => {
    const text = (cell ? cell.textContent : "").trim();
    if (!numeric) return text;
    const found = text.replace(/,/g, "").match(/-?\d+(\.\d+)?/);
    return found ? Number(found[0]) : null;
  };

  const compare = (a, b) => {
    if (a === b) return 0;
    if (a === null || a === "") return 1;
    if (b === null || b === "") return -1;
    return typeof a === "number" ? a - b : a.localeCompare(b, "en-GB", { numeric: true });
  };

  // Rows that belong together move together: a part follows its whole, a group's rows its head.
  const bundles = (body) => {
    const groups = [{ head: null, items: [] }];
    for (const row of body.rows) {
      const current = groups[groups.length - 1];
      if (row.classList.contains("group")) groups.push({ head: row, items: [] });
      else if (row.classList.contains("part") && current.items.length)
        current.items[current.items.length - 1].push(row);
      else current.items.push([row]);
    }
    return groups;
  };

  const sortable = (table) => {
    const head = table.tHead && table.tHead.rows.length === 1 ? table.tHead.rows[0] : null;
    const body = table.tBodies[0];
    if (!head || !body || table.tBodies.length > 1 || body.rows.length < 3) return;
    if (table.querySelector("[rowspan], tr.total")) return;
    const before = [...body.rows];
    [...head.cells].forEach((cell, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "twin-sort";
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => {
        const order = cell.getAttribute("aria-sort");
        for (const other of head.cells) other.removeAttribute("aria-sort");
        const name = button.textContent.trim();
        if (order === "descending") {
          body.append(...before);
          say.textContent = `${name}: in the report's own order`;
          return;
        }
        const next = order === "ascending" ? "descending" : "ascending";
        const way = next === "ascending" ? 1 : -1;
        const numeric = cell.classList.contains("num");
        const key = (rows) => keyOf(rows[0].cells[index], numeric);
        for (const group of bundles(body)) {
          const sorted = group.items
            .map((rows) => ({ rows, key: key(rows) }))
            .sort((a, b) => {
              const empty = (k) => k === null || k === "";
              return (empty(a.key) || empty(b.key) ? 1 : way) * compare(a.key, b.key);
            });
          if (group.head) body.append(group.head);
          for (const item of sorted) body.append(...item.rows);
        }
        cell.setAttribute("aria-sort", next);
        say.textContent = `Sorted by ${name}, ${next}`;
      });
    });
  };

  const filter = () => {
    const chapters = [...document.querySelectorAll("section.chapter")];
    const main = document.querySelector("main");
    if (chapters.length < 2 || !main) return;
    const form = document.createElement("form");
    form.className = "screen-only twin-filter";
    const label = document.createElement("label");
    label.textContent = "Show ";
    const select = document.createElement("select");
    select.append(new Option("all judgements", ""));
    chapters.forEach((chapter, index) => {
      const title = chapter.querySelector("h2");
      if (title) select.append(new Option(title.textContent.trim(), String(index)));
    });
    label.append(select);
    form.append(label);
    main.prepend(form);
    select.addEventListener("change", () => {
      chapters.forEach((chapter, index) => {
        chapter.hidden = select.value !== "" && select.value !== String(index);
      });
      const chosen = select.options[select.selectedIndex].text;
      say.textContent = `Showing ${chosen}`;
    });
    // A link into a chapter that is hidden shows all of them again.
    window.addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.closest("section.chapter[hidden]")) {
        select.value = "";
        select.dispatchEvent(new Event("change"));
        target.scrollIntoView();
      }
    });
    form.addEventListener("submit", (event) => event.preventDefault());
  };

  document.querySelectorAll("main table").forEach(sortable);
  filter();
})();
