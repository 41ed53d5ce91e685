#!/usr/bin/env bash
# marimo 0.16.5: a name that begins with an underscore belongs to its cell, an imported one too, and one of the setup cell
# too. A library whose documented import is `from ... import _` (gettext's habit) works in a script and in Jupyter, and
# raises NameError in the next cell here.
#
# Seen:
#   from gettext import gettext as translate -> passes
#   from gettext import gettext as _         -> NameError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install -qq --disable-pip-version-check marimo==0.16.5
app() { # app NAME: a notebook that imports gettext under NAME in one cell, and calls it in another
  cat <<PY
import marimo

app = marimo.App()


@app.cell
def first():
    from gettext import gettext as $1
    return


@app.cell
def second():
    print($1("text"))
    return


if __name__ == "__main__":
    app.run()
PY
}
cd "$folder"
outcome() {
  app "$1" >app.py
  if env/bin/python app.py >out.txt 2>&1; then echo passes; else grep -o 'NameError' out.txt | head -1; fi
}
plain=$(outcome translate)
underscore=$(outcome _)
echo "from gettext import gettext as translate -> $plain"
echo "from gettext import gettext as _         -> $underscore"
[[ $plain == passes && $underscore == NameError ]]
