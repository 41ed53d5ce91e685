// The installed extension in real windows, as a user sees it; a screenshot after each step.
// `node run.mjs [--vsix FILE] [--out FOLDER] [--window NAME] [--pictures]`: --window is for one window only, --pictures
// renews the pictures of the README. What came between a gesture and its window (a menu that stays, the focus that
// goes) is no fault of ours: a window in which a step failed is opened anew, twice at most, and that is said.

import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { makeVsix } from "../../scripts/package.mjs";
import { startVSCode } from "../../test-host/vscode.mjs";
import { addPlainFile, NO_PYTHON, stateSteps } from "./states.mjs";
import { steps } from "./steps.mjs";
import { addEnvironment, trustSteps } from "./trust.mjs";
import { valueSteps } from "./values.mjs";

const extension = path.join(import.meta.dirname, "..", "..");
const workspace = path.join(extension, "test", "workspace");
const { values: asked } = parseArgs({
  options: {
    vsix: { type: "string" },
    out: { type: "string" },
    window: { type: "string" },
    pictures: { type: "boolean" },
  },
});
const out = path.resolve(asked.out ?? path.join(extension, "out", "ui"));
const pictures = asked.pictures ? path.join(extension, "media", "pictures") : undefined;

const TRIES = 3;
const WINDOWS = {
  main: { options: { workspace }, steps: { ...steps, ...valueSteps } },
  untrusted: { options: { workspace, prepare: addEnvironment, trustAsked: true }, steps: trustSteps },
  states: { options: { prepare: addPlainFile, machineSettings: NO_PYTHON }, steps: stateSteps },
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const vsix = path.resolve(asked.vsix ?? path.join(out, "hpman.vsix"));
if (!asked.vsix) await makeVsix(vsix);
const begun = Date.now();
for (const name of asked.window ? [asked.window] : Object.keys(WINDOWS)) {
  if (!(await runUntilWell(name))) {
    process.exitCode = 1;
    break;
  }
}

async function runUntilWell(name) {
  for (let tries = 1; tries <= TRIES; tries++) {
    if (tries > 1) say(`*** the window "${name}" is opened anew ***`);
    if (await run(path.join(out, tries > 1 ? `${name}-${tries}` : name), WINDOWS[name])) return true;
  }
  return false;
}

/** Whether all steps went well. */
async function run(folder, { options, steps }) {
  let window;
  try {
    window = await startVSCode({ ...options, vsix: [vsix], out: folder });
    await takeSteps(window, folder, steps);
    return true;
  } catch (error) {
    say(`not ok - ${error.stack}`);
    await window?.screenshot(path.join(folder, "failed.png"));
    return false;
  } finally {
    await window?.stop();
  }
}

async function takeSteps(window, folder, steps) {
  let count = 0;
  /** What a step shows; with a clip also a picture for the README. */
  window.show = async (title, clip) => {
    count += 1;
    await window.screenshot(path.join(folder, `${String(count).padStart(2, "0")}-${title}.png`));
    if (clip && pictures) await window.screenshot(path.join(pictures, `${title}.png`), clip);
  };
  for (const [title, step] of Object.entries(steps)) {
    const before = count;
    await step(window);
    if (count === before) throw new Error(`${title}: shows nothing`);
    say(`ok - ${title}`);
  }
}

function say(text) {
  console.log(`[${((Date.now() - begun) / 1000).toFixed(1).padStart(5)}] ${text}`);
}
