/** One run of the server: its process, and the client that talks to it. */

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  type InitializeParams,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  State,
  type StaticFeature,
} from "vscode-languageclient/node";
import { experimentalCapabilities, MARKDOWN_COMMANDS } from "./capabilities";
import type { Interpreter } from "./interpreter";
import { spawnServer } from "./server";
import { SECTION, serverSettings } from "./settings";

/** A server that says nothing for so long after its start will not. */
const START_MS = 60_000;
const STOP_MS = 2_000;

/** Python in files, in texts that were never saved, and in cells of notebooks; values; what configures hpman. */
const DOCUMENTS = [
  { scheme: "file", language: "python" },
  { scheme: "untitled", language: "python" },
  { notebook: { scheme: "file" }, language: "python" },
  { notebook: { scheme: "untitled" }, language: "python" },
  { scheme: "file", language: "yaml" },
  { scheme: "file", language: "json" },
  { scheme: "file", pattern: "**/pyproject.toml" },
];

export class Server {
  readonly client: LanguageClient;
  private process: ChildProcess | undefined;
  private ended = false;
  private stopping = false;

  /**
   * @param onDeath Called once if the server ends and was not asked to, with the reason.
   */
  constructor(
    readonly interpreter: Interpreter,
    private readonly extensionPath: string,
    private readonly log: vscode.LogOutputChannel,
    private readonly onDeath: (reason: string) => void,
  ) {
    const start: ServerOptions = () => this.spawn();
    this.client = new LanguageClient(SECTION, "hpman", start, clientOptions(log));
    this.client.registerFeature(announcement());
  }

  /** Resolves when the server is ready for requests; a failure is told to `onDeath`. */
  async start(): Promise<void> {
    const late = setTimeout(() => this.kill(), START_MS);
    try {
      await this.client.start();
    } catch (error) {
      this.kill();
      this.end(`it could not be started: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      clearTimeout(late);
    }
  }

  /** Ends it in the protocol's way if it listens, and in the system's way if not. */
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.client.state === State.Running) await this.client.stop(STOP_MS).catch(() => undefined);
    this.kill();
    await this.client.dispose(STOP_MS).catch(() => undefined);
  }

  /** Ends a start that is under way, or anything else, at once. */
  kill(): void {
    this.process?.kill();
  }

  private async spawn(): Promise<ChildProcess> {
    const child = spawnServer(this.interpreter, this.extensionPath);
    this.process = child;
    child.once("exit", (code, signal) => this.end(`it ended with ${signal ?? `code ${code}`}`));
    await once(child, "spawn");
    return child;
  }

  private end(reason: string): void {
    if (this.ended) return;
    this.ended = true;
    if (this.stopping) return;
    this.log.error(`The server is gone: ${reason}.`);
    this.onDeath(reason);
  }
}

function clientOptions(log: vscode.LogOutputChannel): LanguageClientOptions {
  const trusted = vscode.workspace.isTrusted;
  return {
    documentSelector: DOCUMENTS,
    diagnosticCollectionName: SECTION,
    outputChannel: log,
    traceOutputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: () => ({ [SECTION]: currentSettings() }),
    // A failure is this extension's to tell, and to mend.
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({
        action: CloseAction.DoNotRestart,
        handled: true,
        message: "The connection is closed.",
      }),
    },
    markdown: {
      isTrusted: trusted ? { enabledCommands: MARKDOWN_COMMANDS } : false,
      supportThemeIcons: true,
    },
    middleware: {
      workspace: {
        // The same object as at the start, so that the server sees what really changes.
        configuration: async (params, token, next) => {
          const answers: unknown = await next(params, token);
          const isOurs = (index: number) => params.items[index]?.section === SECTION;
          return Array.isArray(answers)
            ? answers.map((answer, index) => (isOurs(index) ? serverSettings(answer) : answer))
            : [];
        },
      },
    },
  };
}

function currentSettings(): Record<string, unknown> {
  return serverSettings(vscode.workspace.getConfiguration().get(SECTION));
}

/** Tells the server what this client knows beyond the protocol. */
function announcement(): StaticFeature {
  return {
    getState: () => ({ kind: "static" }),
    fillInitializeParams: (params: InitializeParams) => {
      const { experimental } = params.capabilities;
      const ours = { [SECTION]: experimentalCapabilities(vscode.workspace.isTrusted) };
      params.capabilities.experimental = { ...(experimental ?? {}), ...ours };
    },
    fillClientCapabilities: () => undefined,
    initialize: () => undefined,
    clear: () => undefined,
  };
}
