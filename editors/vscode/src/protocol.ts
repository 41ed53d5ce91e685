/** What this extension and the server say to each other beyond the Language Server Protocol. */

import {
  type Location,
  NotificationType,
  type Position,
  RequestType,
  type TextDocumentIdentifier,
} from "vscode-languageclient/node";

export type { Location };

/** What the server is doing. Sent when something in it changes, if the client announced `status`. */
export interface Status {
  readonly state: "indexing" | "ready" | "degraded";
  /** Python files that were read, and of how many if that is known. */
  readonly done: number;
  readonly total: number | null;
  /** Why it is degraded: a sentence each. */
  readonly problems: readonly string[];
}

/** All hyperparameters of the workspace, by the programs that they belong to. */
export interface Hyperparameters {
  /** False while the workspace is being read. */
  readonly complete: boolean;
  readonly scopes: readonly Scope[];
}

export interface ScopeReference {
  /** Opaque; the same in later sessions. */
  readonly id: string;
  readonly name: string;
  /** Why there is this scope. */
  readonly reason: string;
  /** The file or folder that makes it a scope. */
  readonly uri: string | null;
}

export interface Scope extends ScopeReference {
  readonly managers: readonly Manager[];
}

export interface Manager {
  readonly name: string;
  readonly hyperparameters: readonly Hyperparameter[];
}

export interface Hyperparameter {
  /** The whole dotted name. */
  readonly name: string;
  /** The value that the source gives, as it is written, on one line; null where it gives none. */
  readonly value: string | null;
  /** The name of its type; null where only running the code can tell. */
  readonly type: string | null;
  /** What value files give, by path and place: the first few, and how many more there are. */
  readonly fileValues: readonly FileValue[];
  readonly moreFileValues: number;
  /** The calls with a default: where the characters of the name are. */
  readonly definitions: readonly Location[];
  readonly hints: readonly Hint[];
  readonly uses: number;
  readonly files: number;
  /** Codes of the diagnostics about this name. */
  readonly problems: readonly string[];
}

/** A value in a value file, as it is written, and the place of its key. */
export interface FileValue {
  readonly value: string;
  readonly location: Location;
}

export interface Hint {
  readonly key: string;
  readonly value: string;
}

/** Names one hyperparameter of the workspace. */
export interface HyperparameterReference {
  /** A scope's `id`. */
  readonly scope: string;
  readonly manager: string;
  readonly name: string;
}

export interface Use {
  readonly location: Location;
  readonly kind: "definition" | "read" | "write";
  /** The line of source, without the blanks around it. */
  readonly text: string;
}

/** What a file belongs to. */
export interface FileScopes {
  readonly scopes: readonly ScopeReference[];
  readonly hyperparameters: number;
}

export interface ManagerReference {
  /** A scope's `id`. */
  readonly scope: string;
  readonly manager: string;
}

/** The values in force of one manager, as the library saves them. */
export interface SavedValues {
  readonly text: string;
  readonly omitted: readonly { readonly name: string; readonly reason: string }[];
}

type Empty = Record<string, never>;

export const treeRequest = new RequestType<Empty, Hyperparameters, void>("hpman/tree");
export const usesRequest = new RequestType<HyperparameterReference, readonly Use[], void>("hpman/uses");
export const scopeRequest = new RequestType<{ textDocument: TextDocumentIdentifier }, FileScopes, void>(
  "hpman/scope",
);
export const yamlRequest = new RequestType<ManagerReference, SavedValues, void>("hpman/yaml");
export const debugInfoRequest = new RequestType<Empty, Readonly<Record<string, unknown>>, void>(
  "hpman/debugInfo",
);

export const statusNotification = new NotificationType<Status>("hpman/status");
/** The answer to `treeRequest` may be another one now; not sent again before the next such request. */
export const treeChangedNotification = new NotificationType<Empty>("hpman/treeChanged");

/** Arguments of the commands that the server may name: a document's address, and a place in it. */
export type PlaceArguments = readonly [uri: string, position: Position];
