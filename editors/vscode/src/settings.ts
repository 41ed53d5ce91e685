/** The settings under `hpman`: what the server gets of them, and what is made of the interpreter's. */

import * as os from "node:os";

export const SECTION = "hpman";

/** Settings that are the server's; their names in `[tool.hpman]` are the same, in kebab case. */
const OF_THE_SERVER = ["exclude", "valueFiles", "diagnostics", "inlayHints", "codeLens"] as const;

/**
 * What of the section the server is told.
 *
 * @param section The content of the section `hpman`, as the editor gives it; anything else counts as empty.
 */
export function serverSettings(section: unknown): Record<string, unknown> {
  const known = isRecord(section) ? section : {};
  const chosen = OF_THE_SERVER.filter((name) => known[name] !== undefined).map((name) => [name, known[name]]);
  // The editor's own objects are read-only views, of which a copy is sent.
  return JSON.parse(JSON.stringify(Object.fromEntries(chosen)));
}

/** Where the variables of a path come from. */
export interface Variables {
  readonly workspaceFolder: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
}

/**
 * A path with `~`, `${userHome}`, `${workspaceFolder}` and `${env:NAME}` replaced.
 *
 * What has no value here (no folder is open, no such variable) becomes empty.
 */
export function expandPath(path: string, { workspaceFolder, env, home = os.homedir() }: Variables): string {
  return path
    .trim()
    .replace(/^~(?=$|[/\\])/, () => home)
    .replace(/\$\{userHome\}/g, () => home)
    .replace(/\$\{workspaceFolder\}/g, () => workspaceFolder ?? "")
    .replace(/\$\{env:(\w+)\}/g, (_whole, name: string) => env[name] ?? "");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
