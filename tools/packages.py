"""Run what needs large packages: compilers, data loaders, and others that start workers.

Each package is installed into one environment of its own, and has a file in tests/packages. One that cannot be
installed here is named in the summary and is no failure.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv-packages"
PYTHON = str(FOLDER / "bin" / "python")
NEEDS = {
    "torch": ["torch", "numpy"],
    "joblib": ["joblib"],
    "jax": ["jax"],
    "numba": ["numba"],
    "ray": ["ray"],
}


def main() -> int:
    if not FOLDER.exists():
        subprocess.run([sys.executable, "-m", "venv", FOLDER], check=True)
    if not install("-e", ".[test]"):
        return 1
    results = {package: run(package) for package in sys.argv[1:] or NEEDS}
    print("\nWith packages that hpman does not need:")
    for package, result in results.items():
        print(f"  {package:8}{result}")
    return any(result == "FAILED" for result in results.values())


def run(package: str) -> str:
    print(f"\n{package}", flush=True)
    if not install(*NEEDS[package]):
        return "NOT TESTED: it cannot be installed here"
    tests = [f"tests/packages/{package}_package.py", "-o", "filterwarnings=default"]
    done = subprocess.run([PYTHON, "-m", "pytest", "-q", *tests], cwd=ROOT, check=False)
    return "FAILED" if done.returncode else "passed"


def install(*requirements: str) -> bool:
    command = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *requirements]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
