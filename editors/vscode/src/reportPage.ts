/** The report as a page: all hyperparameters in tables. Knows no editor. */

import { countUses, valueText } from "./hyperparameters";
import type { Hyperparameter, Hyperparameters, Location, Manager, Scope } from "./protocol";

export interface Page {
  /** The page's content, in HTML. */
  readonly body: string;
  /** What the links of the page lead to: a link holds the index of its target. */
  readonly places: readonly Location[];
}

const COLUMNS = ["Name", "Value", "Type", "Default", "Uses", "Hints", "Problems"];

/**
 * @param shownPlace How a place is written for people.
 */
export function reportPage(known: Hyperparameters, shownPlace: (place: Location) => string): Page {
  const places: Location[] = [];
  const link = (place: Location): string => {
    const index = places.push(place) - 1;
    return `<a href="#" data-place="${index}">${escapeHtml(shownPlace(place))}</a>`;
  };
  const sections = known.scopes.flatMap((scope) =>
    scope.managers.map((manager) => section(scope, manager, link)),
  );
  const unfinished = known.complete ? "" : '<p class="note">The workspace is still being read.</p>';
  const nothing = sections.length > 0 ? "" : '<p class="note">No hyperparameter in this workspace yet.</p>';
  return { body: unfinished + nothing + sections.join("\n"), places };
}

/** The page around the content; its script replaces the content when it changes. */
export function reportDocument(body: string, { nonce, csp, style, script }: Record<string, string>): string {
  const policy = `default-src 'none'; style-src ${csp}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${style}">
<title>Hyperparameters</title>
</head>
<body>
<header>
<input type="search" id="filter" placeholder="Filter by name or value" aria-label="Filter by name or value">
<span id="notice" role="status"></span>
</header>
<main id="content">${body}</main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function section(scope: Scope, manager: Manager, link: (place: Location) => string): string {
  const rows = manager.hyperparameters.map((hyperparameter) => row(hyperparameter, link)).join("\n");
  const target = `data-scope="${escapeHtml(scope.id)}" data-manager="${escapeHtml(manager.name)}"`;
  return `<section>
<h2>${escapeHtml(scope.name)} <code>${escapeHtml(manager.name)}</code></h2>
<p class="note">${escapeHtml(scope.reason)} <button type="button" ${target}>Save as YAML…</button></p>
<table>
<thead><tr>${COLUMNS.map((column) => `<th scope="col">${column}</th>`).join("")}</tr></thead>
<tbody>
${rows}
</tbody>
</table>
</section>`;
}

function row(hyperparameter: Hyperparameter, link: (place: Location) => string): string {
  const { name, value, type, definitions, uses, hints, problems } = hyperparameter;
  const text = valueText(hyperparameter) ?? "";
  const cells = [
    `<code>${escapeHtml(name)}</code>`,
    [text === value ? `<code>${escapeHtml(text)}</code>` : text, ...valuesInFiles(hyperparameter, link)]
      .filter(Boolean)
      .join("<br>"),
    escapeHtml(type ?? ""),
    definitions.map(link).join("<br>"),
    `<span title="${countUses(hyperparameter)}">${uses}</span>`,
    hints.map((hint) => `<code>${escapeHtml(`${hint.key}=${hint.value}`)}</code>`).join("<br>"),
    problems.map(escapeHtml).join("<br>"),
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

function valuesInFiles(
  { fileValues, moreFileValues }: Hyperparameter,
  link: (place: Location) => string,
): string[] {
  const shown = fileValues.map((one) => `<code>${escapeHtml(one.value)}</code> in ${link(one.location)}`);
  return moreFileValues > 0 ? [...shown, `and in ${moreFileValues} more value files`] : shown;
}
