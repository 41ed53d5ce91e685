#!/usr/bin/env bash
# PyYAML 6.0.2, OmegaConf 2.3.0, ruamel.yaml 0.18.6, strictyaml 1.7.3: text that one writes bare is a number for another.
#
# `yaml.safe_dump` writes the texts `12e4567`, `7e4` and `-.5` without quotes, since PyYAML reads them as text again; OmegaConf and
# ruamel.yaml read (some of) the same file as numbers. So a commit `12e4567` that was saved by one is infinity for the other.
#
# Seen (Linux, Python 3.11):
#     written by PyYAML: a: 12e4567 | b: 7e4 | c: -.5 | d: 1_0e3
#     PyYAML      ['12e4567', '7e4', '-.5', '1_0e3']
#     OmegaConf   [inf, 70000.0, '-.5', 10000.0]
#     ruamel.yaml [inf, 70000.0, -0.5, 10000.0]
#     strictyaml  ['12e4567', '7e4', '-.5', '1_0e3']
set -euo pipefail
script=$(realpath "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip -q --disable-pip-version-check install PyYAML==6.0.2 omegaconf==2.3.0 ruamel.yaml==0.18.6 strictyaml==1.7.3
cat > readers.py <<'END'
import strictyaml, yaml
from omegaconf import OmegaConf
from ruamel.yaml import YAML

text = yaml.safe_dump({"a": "12e4567", "b": "7e4", "c": "-.5", "d": "1_0e3"})
print("written by PyYAML:", " | ".join(text.splitlines()))
print("PyYAML     ", list(yaml.safe_load(text).values()))
print("OmegaConf  ", list(OmegaConf.to_container(OmegaConf.create(text)).values()))
print("ruamel.yaml", list(YAML(typ="safe", pure=True).load(text).values()))
print("strictyaml ", [str(one) for one in strictyaml.load(text).data.values()])
END
tools/bin/python readers.py | tee said
sed -n 's/^#     //p' "$script" | diff - said
