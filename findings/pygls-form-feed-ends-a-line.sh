#!/usr/bin/env bash
# pygls 2.1.1: an edit behind a form feed lands in another line than the client meant. The protocol knows three line ends
# (\n, \r\n, \r); pygls cuts its copy of a document with str.splitlines, for which a form feed, legal in Python source and
# found in older code of the standard library, ends a line too. Nothing is reported, and the server's copy stays wrong.
#
# Seen:
#   the client has: 'import os\n\x0c\nx = 2\n'
#   pygls has:      'import os\n\x0cx = 2\nx = 1\n'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install -qq --disable-pip-version-check pygls==2.1.1 lsprotocol==2025.0.0
cat >"$folder/edit.py" <<'PY'
from lsprotocol import types
from pygls.workspace import TextDocument

before = "import os\n\x0c\nx = 1\n"
document = TextDocument("file:///a.py", before)
where = types.Range(types.Position(2, 0), types.Position(2, 5))  # `x = 1`: the third line by the protocol
document.apply_change(types.TextDocumentContentChangePartial(where, "x = 2"))
meant = before.replace("x = 1", "x = 2")
print("the client has:", repr(meant))
print("pygls has:     ", repr(document.source))
raise SystemExit(document.source == meant)
PY
"$folder/env/bin/python" "$folder/edit.py"
