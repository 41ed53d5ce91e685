// `node run.mjs [OUT]`: runs the tests of this folder inside the extension host of a real VS Code, on the extension
// laid out as it is when it is installed. Logs and such go to OUT.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bundle } from "../../scripts/bundle.mjs";
import { layOut } from "../../scripts/package.mjs";
import { startVSCode } from "../../test-host/vscode.mjs";

/** Far beyond what all tests take on a machine that is busy with other things. */
const LIMIT_MS = 900_000;

const extension = path.join(import.meta.dirname, "..", "..");
const python = process.env.PYTHON ?? path.join(extension, "..", "..", ".venv", "bin", "python");
const otherServer = path.join(path.dirname(python), "basedpyright-langserver");
if (!existsSync(otherServer)) throw new Error(`${otherServer} is missing; requirements.dev.txt has it`);
const out = path.resolve(process.argv[2] ?? path.join(extension, "out", "exthost-run"));
const folder = mkdtempSync(path.join(os.tmpdir(), "hpman-extension-"));
try {
  await layOut(path.join(folder, "hpman"));
  await bundle("exthost", { outfile: path.join(folder, "tests", "index.js") });
  process.exitCode = (await wentWell(out)) || (await wentWellAnew()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** A real editor fails for reasons of its own: once more, and that is said. */
function wentWellAnew() {
  console.error("*** the window is opened anew ***");
  return wentWell(`${out}-2`);
}

function wentWell(out) {
  return run(out).then(
    (code) => code === 0,
    (error) => {
      console.error(error);
      return false;
    },
  );
}

/** The tests' exit code, or why there is none; the results are printed, logs and such go to the folder. */
async function run(out) {
  let end;
  const ended = new Promise((resolve) => {
    end = resolve;
  });
  const window = await startVSCode({
    workspace: path.join(extension, "test", "workspace"),
    out,
    environment: { OTHER_PYTHON_SERVER: otherServer },
    development: { extension: path.join(folder, "hpman"), tests: path.join(folder, "tests", "index.js") },
    beforeOpen: async (page) => {
      await page.exposeFunction("codeAutomationExit", end);
      await page.exposeFunction("codeAutomationLog", (_kind, args) => {
        const text = args.join(" ");
        if (text.startsWith("# VS Code")) console.log(text);
      });
    },
  });
  const code = await Promise.race([ended, sleep(LIMIT_MS, "no answer in time", { ref: false })]);
  if (code !== 0) {
    console.error(`failed: ${code}`);
    await window.screenshot(path.join(out, "failed.png"));
  }
  await window.stop();
  return code;
}
