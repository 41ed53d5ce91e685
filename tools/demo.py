"""What the language server knows of a workspace, as text: `make demo`.

    tools/demo.py [--trace] [--name NAME] [WORKSPACE]

Starts the real `hpman-lsp` over WORKSPACE (examples/, if none is given), asks what an editor asks about the
hyperparameter NAME, and prints the answers. With --trace it prints every message, too. It changes no file.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
import textwrap
from pathlib import Path

from lsp_client import Client, Json, ServerError, path_of

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SERVER = Path(sys.executable).parent / "hpman-lsp"
SEVERITIES = {1: "error", 2: "warning", 3: "information", 4: "hint"}


def main() -> None:
    options = parse_arguments()
    workspace = options.workspace.resolve()
    try:
        with Client([str(SERVER)], workspace, trace=options.trace) as client:
            show(client, workspace, options.name)
    except ServerError as error:
        sys.exit(f"hpman-lsp: {error}")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Show what the language server knows of a workspace.")
    parser.add_argument("workspace", nargs="?", type=Path, default=EXAMPLES, metavar="WORKSPACE")
    parser.add_argument(
        "--name", default="peak", help="the hyperparameter to ask about; if there is none, the first"
    )
    parser.add_argument("--trace", action="store_true", help="print every message to and from the server")
    return parser.parse_args()


def show(client: Client, workspace: Path, name: str) -> None:
    client.wait_for_index(workspace / "any.py")
    symbols = client.request("workspace/symbol", {"query": ""})
    show_names(symbols, workspace)
    if not symbols:
        return
    symbol = next((symbol for symbol in symbols if symbol["name"] == name), symbols[0])
    at = {
        "textDocument": {"uri": symbol["location"]["uri"]},
        "position": symbol["location"]["range"]["start"],
    }
    client.open(path_of(at["textDocument"]["uri"]))
    show_hover(client.request("textDocument/hover", at), symbol["name"])
    uses = {**at, "context": {"includeDeclaration": True}}
    show_uses(client.request("textDocument/references", uses), workspace)
    rename = {**at, "newName": symbol["name"] + "_new"}
    show_rename(client.request("textDocument/rename", rename), rename["newName"], workspace)
    client.wait_for_silence()
    show_problems(client.diagnostics, workspace)
    print()


def show_names(symbols: list[Json], workspace: Path) -> None:
    names: dict[Path, list[str]] = {}
    for symbol in symbols:
        names.setdefault(path_of(symbol["location"]["uri"]), []).append(symbol["name"])
    title(f"{workspace.name}/: {len(symbols)} uses of hyperparameters in {len(names)} files")
    for path in sorted(names):
        print(f"  {os.path.relpath(path, workspace)}: {', '.join(dict.fromkeys(names[path]))}")


def show_hover(hover: Json, name: str) -> None:
    title(f"Hover over `{name}`")
    print(textwrap.indent(hover["contents"]["value"].strip(), "  "))


def show_uses(locations: list[Json], workspace: Path) -> None:
    title(f"Every use: {len(locations)} places")
    for location in locations:
        start, end = location["range"]["start"], location["range"]["end"]
        line = lines_of(path_of(location["uri"]))[start["line"]].rstrip("\n")
        marks = " " * start["character"] + "~" * (end["character"] - start["character"])
        print(f"  {place_of(location, workspace)}\n      {line}\n      {marks}")


def show_problems(diagnostics: dict[Path, list[Json]], workspace: Path) -> None:
    title(f"Problems: {sum(map(len, diagnostics.values()))}")
    for path, problems in sorted(diagnostics.items()):
        for problem in problems:
            place = place_of({"uri": path.as_uri(), **problem}, workspace)
            print(f"  {place}: {SEVERITIES[problem['severity']]}: {problem['message']} [{problem['code']}]")
            for related in problem.get("relatedInformation") or ():
                print(f"      {place_of(related['location'], workspace)}: {related['message']}")


def show_rename(edit: Json, name: str, workspace: Path) -> None:
    title(f"Rename to `{name}`: the edit that the editor would apply")
    for change in edit["documentChanges"]:
        path = path_of(change["textDocument"]["uri"])
        name = path.relative_to(workspace).as_posix()
        before = lines_of(path)
        diff = difflib.unified_diff(before, edited(before, change["edits"]), f"a/{name}", f"b/{name}", n=0)
        print(textwrap.indent("".join(diff), "  "), end="")


def edited(lines: list[str], edits: list[Json]) -> list[str]:
    """The lines after edits that each stay within one line; the last comes first, so that columns hold."""
    changed = list(lines)
    for edit in sorted(edits, key=lambda edit: tuple(edit["range"]["start"].values()), reverse=True):
        start, end = edit["range"]["start"], edit["range"]["end"]
        line = changed[start["line"]]
        changed[start["line"]] = line[: start["character"]] + edit["newText"] + line[end["character"] :]
    return changed


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


def place_of(location: Json, workspace: Path) -> str:
    """FILE:LINE:COLUMN, as compilers write it and terminals link it."""
    start = location["range"]["start"]
    name = os.path.relpath(path_of(location["uri"]), workspace)
    return f"{name}:{start['line'] + 1}:{start['character'] + 1}"


def title(text: str) -> None:
    bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() and "NO_COLOR" not in os.environ else ("", "")
    print(f"\n{bold}{text}{plain}")


if __name__ == "__main__":
    main()
