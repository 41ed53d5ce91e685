import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hyperparameter, Location, Scope } from "../../src/protocol";
import { escapeHtml, reportDocument, reportPage } from "../../src/reportPage";

const EVIL = `<img src=x onerror="alert('x')">&`;

function location(line: number): Location {
  return {
    uri: "file:///ws/train.py",
    range: { start: { line, character: 0 }, end: { line, character: 2 } },
  };
}

function scope(fields: Partial<Hyperparameter>): Scope {
  const full = {
    name: "lr",
    value: "1e-3",
    type: "float",
    fileValues: [],
    moreFileValues: 0,
    definitions: [],
    hints: [],
    uses: 3,
    files: 2,
    problems: [],
  };
  const managers = [{ name: "_", hyperparameters: [{ ...full, ...fields }] }];
  return { id: "s", name: "train.py", reason: "because", uri: null, managers };
}

const shown = ({ range }: Location) => `train.py:${range.start.line + 1}`;

test("a row has name, value, type, default, uses, hints and problems", () => {
  const fields = { definitions: [location(4)], hints: [{ key: "help", value: "'x'" }], problems: ["unused"] };
  const { body, places } = reportPage({ complete: true, scopes: [scope(fields)] }, shown);
  const cells = [...body.matchAll(/<td>(.*?)<\/td>/g)].map((cell) => (cell[1] ?? "").replace(/<[^>]*>/g, ""));
  assert.deepEqual(cells, ["lr", "1e-3", "float", "train.py:5", "3", "help=&#39;x&#39;", "unused"]);
  assert.deepEqual(places, [location(4)]);
});

test("the values of value files stand below that of the source, each with its place", () => {
  const fileValues = [
    { value: "0.5", location: location(1) },
    { value: "<b>", location: location(2) },
  ];
  const cell = (fields: Partial<Hyperparameter>) =>
    reportPage({ complete: true, scopes: [scope(fields)] }, shown).body.match(
      /<td>(.*?)<\/td>\n?<td>float/,
    )?.[1];
  assert.equal(
    cell({ fileValues, moreFileValues: 7 })?.replace(/<a [^>]*>/g, "<a>"),
    "<code>lr</code></td><td><code>1e-3</code><br><code>0.5</code> in <a>train.py:2</a><br>" +
      "<code>&lt;b&gt;</code> in <a>train.py:3</a><br>and in 7 more value files",
  );
  assert.match(cell({ value: null, fileValues }) ?? "", /<td><code>0.5<\/code> in /);
});

test("a name with two defaults has no value of them", () => {
  const scopes = [scope({ definitions: [location(1), location(2)] })];
  assert.match(reportPage({ complete: true, scopes }, shown).body, /<td>2 defaults<\/td>/);
});

test("each link leads to its own place", () => {
  const scopes = [scope({ definitions: [location(1), location(2)] }), scope({ definitions: [location(3)] })];
  const { body, places } = reportPage({ complete: true, scopes }, shown);
  const links = [...body.matchAll(/data-place="(\d+)">([^<]*)</g)];
  assert.deepEqual(
    links.map((link) => [places[Number(link[1])]?.range.start.line, link[2]]),
    [
      [1, "train.py:2"],
      [2, "train.py:3"],
      [3, "train.py:4"],
    ],
  );
});

test("nothing of a workspace is HTML", () => {
  const scopes = [
    {
      ...scope({
        name: EVIL,
        value: EVIL,
        type: EVIL,
        hints: [{ key: EVIL, value: EVIL }],
        problems: [EVIL],
      }),
      id: EVIL,
      name: EVIL,
      reason: EVIL,
    },
  ];
  const { body } = reportPage({ complete: true, scopes }, shown);
  assert.doesNotMatch(body, /<img|"alert/);
  assert.equal(escapeHtml(EVIL), "&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt;&amp;");
});

test("an empty and an unfinished workspace say so", () => {
  assert.match(reportPage({ complete: true, scopes: [] }, shown).body, /No hyperparameter/);
  assert.match(reportPage({ complete: false, scopes: [] }, shown).body, /still being read/);
});

test("the page allows its own script and nothing else", () => {
  const page = reportDocument("", { nonce: "n0", csp: "csp:", style: "s.css", script: "s.js" });
  assert.match(page, /content="default-src 'none'; style-src csp:; script-src 'nonce-n0'"/);
  assert.match(page, /<script nonce="n0" src="s\.js">/);
});
