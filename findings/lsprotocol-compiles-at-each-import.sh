#!/usr/bin/env bash
# lsprotocol 2025.0.0 with attrs 25.4.0: importing `lsprotocol.types` compiles hundreds of code objects anew in every
# process, although all of its byte code is cached. The modules themselves come from their .pyc files; what is compiled is
# the source that attrs writes for the methods of each class, and no .pyc can hold that. A language server in Python pays
# for it at each start.
#
# Seen (Python 3.11.7):
#   attrs classes: 554
#   compiled in a second process, with all byte code cached: 734
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install -qq --disable-pip-version-check lsprotocol==2025.0.0 attrs==25.4.0 cattrs==25.3.0
cat >"$folder/count.py" <<'PY'
import sys

import attrs
import cattrs
import lsprotocol  # their own modules are loaded, so that only the types are counted

compiled = 0


def audit(event, arguments):
    global compiled
    if event == "compile":
        compiled += 1


sys.addaudithook(audit)
from lsprotocol import types

classes = sum(isinstance(one, type) and attrs.has(one) for one in vars(types).values())
print(classes, compiled)
PY
"$folder/env/bin/python" "$folder/count.py" >/dev/null # fills the cache of byte code
read -r classes compiled < <("$folder/env/bin/python" "$folder/count.py")
echo "attrs classes: $classes"
echo "compiled in a second process, with all byte code cached: $compiled"
[[ $classes -ge 500 && $compiled -ge $classes ]]
