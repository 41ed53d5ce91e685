/** Which Python runs the server. Knows no editor and no disk: what it needs of them is given to it. */

import * as path from "node:path";

/** The oldest version that the server runs on. */
export const OLDEST: readonly [number, number] = [3, 10];
/** Newest first: asked for by name where `python3` is too old. */
const VERSIONED = ["python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];

export type Source =
  | "the setting hpman.interpreter"
  | "the Python extension"
  | "the workspace's .venv"
  | "PATH";

export interface Candidate {
  readonly path: string;
  readonly source: Source;
}

export interface Interpreter extends Candidate {
  readonly version: string;
}

export interface Rejected extends Candidate {
  readonly reason: string;
}

/** What running a candidate gave: its version ("3.11.2"), or why there is none. */
export type Probe = { readonly version: string } | { readonly failure: string };

export interface Surroundings {
  /** `hpman.interpreter`, with its variables replaced. */
  readonly setting: string;
  /** The workspace folders. */
  readonly folders: readonly string[];
  /** Whether the user trusts the workspace. */
  readonly trusted: boolean;
  /** The environment variable PATH. */
  readonly searchPath: string;
  readonly platform: NodeJS.Platform;
  /** What the Python extension has selected, where it is installed. */
  chosen(): Promise<string | undefined>;
  /** The path with symbolic links resolved; undefined if nothing is there. */
  realPath(path: string): Promise<string | undefined>;
  /** Runs a candidate. */
  probe(path: string): Promise<Probe>;
}

export interface Search {
  readonly interpreter: Interpreter | undefined;
  readonly rejected: readonly Rejected[];
}

/**
 * The first Python of 3.10 or newer, in this order:
 *
 * 1. `hpman.interpreter`. If it is set nothing else is tried: a wrong path is told, not worked around.
 * 2. What the Python extension has selected, where that is installed.
 * 3. `.venv` in a workspace folder, the first folder first.
 * 4. `python3`, `python`, then `python3.14` down to `python3.10` on PATH (on Windows also the launcher `py`).
 *
 * In a workspace that is not trusted, 2 and 3 are left out, and nothing that lies in a workspace folder is run.
 * (There the editor itself ignores a setting that comes from the workspace.)
 */
export async function findInterpreter(around: Surroundings): Promise<Search> {
  const rejected: Rejected[] = [];
  const seen = new Set<string>();
  for await (const candidate of candidates(around)) {
    if (seen.has(candidate.path)) continue;
    seen.add(candidate.path);
    const answer = await judge(candidate, around);
    if ("version" in answer) return { interpreter: { ...candidate, version: answer.version }, rejected };
    rejected.push({ ...candidate, reason: answer.failure });
  }
  return { interpreter: undefined, rejected };
}

/** What a user is told where there is none. */
export function explainMissing(rejected: readonly Rejected[]): string {
  const needed = `Python ${OLDEST.join(".")} or newer`;
  const [first] = rejected;
  if (first?.source === "the setting hpman.interpreter") {
    return `hpman needs ${needed}, but ${first.source} is ${first.path}, which ${first.reason}.`;
  }
  const tried = rejected.map(({ path: at, reason }) => `${at} ${reason}`).join("; ");
  return `hpman needs ${needed} to run its server, and found none${tried ? ` (${tried})` : ""}.`;
}

async function* candidates(around: Surroundings): AsyncGenerator<Candidate> {
  if (around.setting) {
    yield { path: around.setting, source: "the setting hpman.interpreter" };
    return;
  }
  if (around.trusted) {
    const chosen = await around.chosen();
    if (chosen) yield { path: chosen, source: "the Python extension" };
    yield* existing(around, around.folders.map(environmentPath(around.platform)), "the workspace's .venv");
  }
  yield* existing(around, searchPathEntries(around), "PATH");
}

async function* existing(
  around: Surroundings,
  paths: Iterable<string>,
  source: Source,
): AsyncGenerator<Candidate> {
  for (const at of paths) if (await around.realPath(at)) yield { path: at, source };
}

function environmentPath(platform: NodeJS.Platform): (folder: string) => string {
  const { join } = pathsOf(platform);
  const inside = platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  return (folder) => join(folder, ".venv", ...inside);
}

/** Name by name: a `python3` that comes late on PATH is better than a `python` that comes early. */
function* searchPathEntries({ searchPath, platform }: Surroundings): Generator<string> {
  const { delimiter, isAbsolute, join } = pathsOf(platform);
  const names =
    platform === "win32" ? ["python.exe", "python3.exe", "py.exe"] : ["python3", "python", ...VERSIONED];
  // A relative entry means a folder of whatever is the current one.
  const folders = searchPath.split(delimiter).filter(isAbsolute);
  for (const name of names) for (const folder of folders) yield join(folder, name);
}

async function judge(candidate: Candidate, around: Surroundings): Promise<Probe> {
  if (!around.trusted && (await liesInWorkspace(candidate.path, around))) {
    return { failure: "is not run, as it lies in a workspace that is not trusted" };
  }
  const probe = await around.probe(candidate.path);
  if ("version" in probe && !isNewEnough(probe.version)) return { failure: `is Python ${probe.version}` };
  return probe;
}

async function liesInWorkspace(candidate: string, around: Surroundings): Promise<boolean> {
  const both = async (at: string) => [at, (await around.realPath(at)) ?? at];
  const paths = await both(candidate);
  const folders = (await Promise.all(around.folders.map(both))).flat();
  return folders.some((folder) => paths.some((at) => liesIn(folder, at, around.platform)));
}

function liesIn(folder: string, at: string, platform: NodeJS.Platform): boolean {
  const { relative, isAbsolute, sep } = pathsOf(platform);
  const below = relative(folder, at);
  return below !== ".." && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function pathsOf(platform: NodeJS.Platform): path.PlatformPath {
  return platform === "win32" ? path.win32 : path.posix;
}
