// The report's page: filters and sorts its tables, and tells the extension what is clicked.
(() => {
  const editor = acquireVsCodeApi();
  const content = document.getElementById("content");
  const filter = document.getElementById("filter");
  const notice = document.getElementById("notice");

  function applyFilter() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const section of content.querySelectorAll("section")) {
      for (const row of section.querySelectorAll("tbody tr")) {
        const text = `${row.cells[0].textContent} ${row.cells[1].textContent}`.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
      section.hidden = !section.querySelector("tbody tr:not([hidden])");
    }
    editor.setState({ filter: filter.value });
  }

  function sortBy(header) {
    const ascending = header.getAttribute("aria-sort") !== "ascending";
    const body = header.closest("table").tBodies[0];
    const compare = new Intl.Collator(undefined, { numeric: true }).compare;
    const textOf = (row) => row.cells[header.cellIndex].textContent;
    const rows = [...body.rows].sort((a, b) => compare(textOf(a), textOf(b)) * (ascending ? 1 : -1));
    for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    body.append(...rows);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-place]");
    const button = event.target.closest("button[data-scope]");
    const header = event.target.closest("th");
    if (link) {
      event.preventDefault();
      editor.postMessage({ kind: "open", place: Number(link.dataset.place) });
    } else if (button) {
      editor.postMessage({ kind: "save", scope: button.dataset.scope, manager: button.dataset.manager });
    } else if (header) {
      sortBy(header);
    }
  });

  filter.addEventListener("input", applyFilter);

  window.addEventListener("message", ({ data }) => {
    if (data.kind === "notice") notice.textContent = data.text;
    if (data.kind === "content") {
      content.innerHTML = data.body;
      applyFilter();
    }
  });

  filter.value = editor.getState()?.filter ?? "";
  applyFilter();
})();
