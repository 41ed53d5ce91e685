/** Owns the server and its client: starts, restarts and stops them, one after the other. */

import * as vscode from "vscode";
import { ErrorCodes, type RequestType, ResponseError, State } from "vscode-languageclient/node";
import { delayAfter } from "./backoff";
import { Server } from "./client";
import { explainMissing, type Interpreter } from "./interpreter";
import { type Status, statusNotification, treeChangedNotification } from "./protocol";
import { Serial } from "./serial";
import { searchInterpreter } from "./server";

/** What the server is doing, or why there is none. */
export type ServerState =
  | { readonly kind: "stopped" | "starting" | "ready" }
  | { readonly kind: "indexing"; readonly done: number; readonly total: number | null }
  | { readonly kind: "degraded"; readonly problems: readonly string[] }
  | { readonly kind: "noInterpreter"; readonly reason: string }
  /** It died, and is started again after so many seconds. */
  | { readonly kind: "waiting"; readonly seconds: number; readonly reason: string }
  /** It died too often, and is not started again before the user asks for it. */
  | { readonly kind: "failed"; readonly reason: string };

export class Context implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel("hpman", { log: true });
  private readonly stateChanged = new vscode.EventEmitter<ServerState>();
  private readonly treeChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeState = this.stateChanged.event;
  /** What `treeRequest` answers may have changed. */
  readonly onDidChangeTree = this.treeChanged.event;

  private readonly serial = new Serial();
  private server: Server | undefined;
  private current: ServerState = { kind: "stopped" };
  private deaths: number[] = [];
  private timer: NodeJS.Timeout | undefined;
  private told = false;
  private disposed = false;

  constructor(private readonly extensionPath: string) {}

  get state(): ServerState {
    return this.current;
  }

  /** The Python that runs the server; undefined while there is none. */
  get interpreter(): Interpreter | undefined {
    return this.server?.interpreter;
  }

  /** Starts the server, or starts it anew; several calls at once are one restart. */
  restart(): Promise<void> {
    clearTimeout(this.timer);
    // One that is just being started, and may hang in that, is not waited for.
    if (this.current.kind === "starting") this.server?.kill();
    return this.serial.run(async () => {
      await this.stopServer();
      if (!this.disposed) await this.startServer();
    });
  }

  /** What the user asks for: earlier deaths are forgotten, and what is wrong is told again. */
  async restartAfresh(): Promise<void> {
    this.deaths = [];
    this.told = false;
    await this.restart();
  }

  async stop(): Promise<void> {
    this.disposed = true;
    clearTimeout(this.timer);
    if (this.current.kind === "starting") this.server?.kill();
    await this.serial.run(() => this.stopServer());
  }

  dispose(): void {
    this.stop().catch(() => undefined);
    for (const owned of [this.stateChanged, this.treeChanged, this.log]) owned.dispose();
  }

  /**
   * The server's answer; undefined where no server runs, or one that does not know the request, or that fails
   * at it (which the log tells).
   */
  async request<P, R>(type: RequestType<P, R, void>, params: P): Promise<R | undefined> {
    const client = this.server?.client;
    if (client?.state !== State.Running) return undefined;
    try {
      return await client.sendRequest<R>(type.method, params);
    } catch (error) {
      const unknown = error instanceof ResponseError && error.code === ErrorCodes.MethodNotFound;
      this.log[unknown ? "debug" : "warn"](`${type.method}: ${String(error)}`);
      return undefined;
    }
  }

  /** The converter of addresses and ranges, while a server runs. */
  get converter() {
    return this.server?.client.protocol2CodeConverter;
  }

  private async startServer(): Promise<void> {
    this.set({ kind: "starting" });
    const { interpreter, rejected } = await searchInterpreter();
    for (const { path, source, reason } of rejected) this.log.info(`${path} (${source}) ${reason}`);
    if (!interpreter) {
      const reason = explainMissing(rejected);
      this.set({ kind: "noInterpreter", reason });
      this.tell(reason, "Choose Python", "hpman.chooseInterpreter");
      return;
    }
    const { path, version, source } = interpreter;
    this.log.info(`Starting the server with Python ${version}: ${path} (from ${source})`);
    const server = new Server(interpreter, this.extensionPath, this.log, (reason) =>
      this.mourn(server, reason),
    );
    this.server = server;
    server.client.onNotification(statusNotification, (status) => this.set(stateOf(status)));
    server.client.onNotification(treeChangedNotification, () => this.treeChanged.fire());
    await server.start();
    if (this.current.kind === "starting" && this.server === server) this.set({ kind: "ready" });
  }

  private async stopServer(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    await server?.stop();
    this.set({ kind: "stopped" });
  }

  /** A server died: start another one, a little later each time, until that is hopeless. */
  private mourn(server: Server, reason: string): void {
    if (this.server !== server || this.disposed) return;
    this.server = undefined;
    server.stop().catch(() => undefined);
    this.deaths.push(Date.now() / 1000);
    const seconds = delayAfter(this.deaths);
    if (seconds === undefined) {
      this.set({ kind: "failed", reason });
      this.tell(
        `The server of hpman ended ${this.deaths.length} times: ${reason}.`,
        "Show Logs",
        "hpman.showLogs",
      );
      return;
    }
    this.set({ kind: "waiting", seconds, reason });
    this.timer = setTimeout(() => {
      this.restart().catch((error) => this.log.error(String(error)));
    }, seconds * 1000);
  }

  private set(state: ServerState): void {
    this.current = state;
    this.stateChanged.fire(state);
    if (state.kind !== "indexing") this.treeChanged.fire();
  }

  /** The one notification: that nothing works, with the way out. */
  private tell(message: string, action: string, command: string): void {
    this.log.error(message);
    if (this.told) return;
    this.told = true;
    vscode.window.showErrorMessage(message, action).then(
      (chosen) => {
        if (chosen) return vscode.commands.executeCommand(command);
        return undefined;
      },
      () => undefined,
    );
  }
}

function stateOf({ state, done, total, problems }: Status): ServerState {
  switch (state) {
    case "indexing":
      return { kind: "indexing", done, total };
    case "degraded":
      return { kind: "degraded", problems };
    default:
      return { kind: "ready" };
  }
}
