from __future__ import annotations

import pytest

from .checking import check_paths


@pytest.mark.parametrize(
    ("argument", "answer"),
    [
        ('"lib"', "cwd:lib"),
        ('"/a/b"', "root:/a/b"),
        (r'"C:\\a"', "root:C:/a"),
        ('["a.py", "b.py"]', "cwd:a.py, cwd:b.py"),
        ('("a", __file__)', "cwd:a, file:"),
        ("__file__", "file:"),
        ("os.path.dirname(__file__)", "file:.."),
        ("os.path.dirname(os.path.realpath(__file__))", "file:.."),
        ("os.path.abspath(__file__)", "file:"),
        ('os.path.join(os.path.dirname(__file__), "lib", "m.py")', "file:../lib/m.py"),
        ("Path(__file__).resolve().parent", "file:.."),
        ('Path(__file__).parent / "lib"', "file:../lib"),
        ('pathlib.Path(__file__).parents[1] / "x"', "file:../../x"),
        ('str(Path(__file__).parent.joinpath("a", "b"))', "file:../a/b"),
        ('Path("lib")', "cwd:lib"),
        ('Path("lib", "m.py")', "cwd:lib/m.py"),
        ("HERE", "file:.."),
        ('HERE / "x"', "file:../x"),
        ("[HERE, ROOT]", "file:.., cwd:lib"),
        ("ANNOTATED", "cwd:a"),
        ("os.getcwd()", "cwd:"),
        ("Path.cwd()", "cwd:"),
        ('os.path.join(os.getcwd(), "a")', "cwd:a"),
        ("TWICE", "cwd:b"),
        ("unknown", "?"),
        ("f(__file__)", "?"),
        ("sys.argv[1]", "?"),
        ("sys.argv[1:]", "?"),
        ("sys.argv[0]", "script:"),
        ("sys.path[0]", "script:.."),
        ("os.path.dirname(sys.argv[0])", "script:.."),
        ("sys.modules[__name__].__file__", "file:"),
        ("sys.modules['__main__'].__file__", "script:"),
        ('["a", x]', "cwd:a, ?"),
        ('["a", *sys.argv[1:]]', "cwd:a, ?"),
        ('["a", *MORE]', "cwd:a, cwd:m1, cwd:m2"),
        ("MORE[1]", "cwd:m2"),
        ("*x", "?"),
        ("", "?"),
        ("[]", ""),
        ("LOOP", "?"),
        ('"%s/lib" % HERE', "file:../lib"),
        ('"%s/%s" % (HERE, "m.py")', "file:../m.py"),
        ('"%d/lib" % HERE', "?"),
        ('"{}/lib".format(HERE)', "file:../lib"),
        ('"{0}/{name}.py".format(HERE, name="m")', "file:../m.py"),
        ('f"{HERE}/lib/{ROOT}.py"', "file:../lib/lib.py"),
        ('f"{ROOT}"', "cwd:lib"),
        ('f"{HERE!r}/lib"', "?"),
        ('f"{HERE}lib"', "?"),
        ('ROOT + ".py"', "cwd:lib.py"),
        ('str(HERE) + os.sep + "m.py"', "file:../m.py"),
        ('os.sep.join([str(HERE), "m.py"])', "file:../m.py"),
        ('"/".join(["a", "b"])', "cwd:a/b"),
        ('os.path.join(*["a", "b"])', "?"),
        ('Path(__file__).with_name("m.py")', "file:../m.py"),
        ('Path(__file__).with_suffix(".py")', "file:"),
        ('Path("a.txt").with_suffix(".py")', "cwd:a.py"),
        ('os.path.expanduser("~/x")', "?"),
        ('os.path.dirname(__file__) or "."', "file:.."),
        ('os.environ.get("SOURCES", HERE)', "perhaps file:.., ?"),
        ('os.environ["SOURCES"]', "?"),
        ('os.getenv("SOURCES") or HERE', "perhaps file:.., ?"),
        ('"a" if x else "b"', "perhaps cwd:a, perhaps cwd:b"),
        ('[__file__, "a" if x else "b"]', "file:, perhaps cwd:a, perhaps cwd:b"),
        ('glob.glob("*.py")', "<cwd:*.py>"),
        ('sorted(glob.glob("lib/**/*.py", recursive=True))', "<cwd:lib/**/*.py>"),
        ('glob.glob("**/*.py")', "<cwd:*/*.py>"),
        ('glob.glob(os.path.join(HERE, "*.py"))', "<file:../*.py>"),
        ('HERE.glob("*.py")', "<file:../*.py>"),
        ('list(HERE.rglob("*.py"))', "<file:../**/*.py>"),
        ('[str(p) for p in HERE.glob("*.py")]', "<file:../*.py>"),
        ('[p for p in HERE.glob("*.py") if p != x]', "<perhaps file:../*.py>"),
        ('[os.path.join(HERE, n) for n in os.listdir(HERE) if n.endswith(".py")]', "<file:../*.py>"),
        ('[os.path.join(HERE, n) for n in ("a.py", "b.py")]', "file:../a.py, file:../b.py"),
        ('{p for p in ("a.py", "b.py")}', "cwd:a.py, cwd:b.py"),
        ("list(map(str, [HERE]))", "file:.."),
        ("tuple(MORE)", "cwd:m1, cwd:m2"),
        ("lib.__file__", "module(lib):"),
        ("pkg.sub.__file__", "module(pkg.sub):"),
        ("taken.__file__", "module(.around.taken):"),
        ("os.path.dirname(lib.__file__)", "module(lib):.."),
        ("pkg.__path__[0]", "module(pkg):.."),
        ("inspect.getfile(lib)", "module(lib):"),
        ("inspect.getsourcefile(lib)", "module(lib):"),
        ("os.path.dirname(inspect.getfile(inspect.currentframe()))", "file:.."),
        ('importlib.util.find_spec("lib").origin', "module(lib):"),
        ('importlib.resources.files("pkg")', "module(pkg):.."),
        ("taken", "?"),
        ("lib.ROOT", "?"),
        ("own()", "file:../own"),
        ("path_of('m.py')", "file:../m.py"),
        ("Config.files", "cwd:c.py"),
        ("(path := 'a')", "cwd:a"),
        ("[__file__] + MORE", "file:, cwd:m1, cwd:m2"),
    ],
)
def test_the_paths_of_a_parse_file_call(argument: str, answer: str) -> None:
    check_paths(f"{BEFORE}_.parse_file({argument})\n", answer)


BEFORE = """
import lib, pkg, pkg.sub
from .around import taken
HERE = Path(__file__).parent
ROOT = "lib"
ANNOTATED: str = "a"
TWICE = "a"
TWICE = "b"
LOOP = LOOP
MORE = ["m1", "m2"]
def own(): return HERE / "own"
def path_of(name, *, folder=HERE):
    return folder / name
class Config:
    files = ["c.py"]
"""


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("FILES = ['a']\nFILES.append('b')\n_.parse_file(FILES)", "cwd:a, cwd:b"),
        ("FILES = ['a']\nFILES.extend(['b', 'c'])\n_.parse_file(FILES)", "cwd:a, cwd:b, cwd:c"),
        ("FILES = ['a']\nFILES += ['b']\n_.parse_file(FILES)", "cwd:a, cwd:b"),
        ("FILES = ['a']\nFILES.insert(0, 'b')\n_.parse_file(FILES)", "cwd:a, cwd:b"),
        ("FILES = ['a']\n_.parse_file(FILES)\nFILES.append('b')", "cwd:a"),
        ("FILES = ['a']\nif x:\n  FILES.append('b')\n_.parse_file(FILES)", "cwd:a, perhaps cwd:b"),
        ("FILES = ['a', 'b']\nFILES.remove('b')\n_.parse_file(FILES)", "perhaps cwd:a, perhaps cwd:b"),
        ("FILES = ['a']\ncollect(FILES)\n_.parse_file(FILES)", "cwd:a, ?"),
        ("FILES = ['a']\nprint(FILES)\nFILES.sort()\n_.parse_file(FILES)", "cwd:a"),
        ("FILES = []\nfor m in (lib, net):\n  FILES.append(m)\n_.parse_file(FILES)", "?"),
        (
            "import lib, net\nFILES = []\nfor m in (lib, net):\n  FILES.append(m.__file__)\n_.parse_file(FILES)",
            "module(lib):, module(net):",
        ),
        ("FILES = ['a']\ndef more(): FILES.append('b')\nmore()\n_.parse_file(FILES)", "cwd:a, perhaps cwd:b"),
        ("FILES = set()\nFILES.add('a')\n_.parse_file(FILES)", "cwd:a"),
        ("path = 'a'\npath += '.py'\n_.parse_file(path)", "cwd:a.py"),
        ("if x:\n  path = 'a'\nelse:\n  path = 'b'\n_.parse_file(path)", "perhaps cwd:a, perhaps cwd:b"),
        ("path = 'a'\nif x:\n  path = 'b'\n_.parse_file(path)", "perhaps cwd:b, perhaps cwd:a"),
        (
            "try:\n  path = __file__\nexcept NameError:\n  path = '.'\n_.parse_file(path)",
            "perhaps file:, perhaps cwd:.",
        ),
        ("with open(x) as path:\n  _.parse_file(path)", "?"),
        ("a, b = 'x', 'y'\n_.parse_file(b)", "cwd:y"),
        ("a, b = x\n_.parse_file(b)", "?"),
        ("for path in ('a', 'b'):\n  _.parse_file(path)", "cwd:a, cwd:b"),
        ("for path in ('a', 'b'):\n  whole = f'{path}.py'\n  _.parse_file(whole)", "cwd:a.py, cwd:b.py"),
        ("for path in x:\n  _.parse_file(path)", "?"),
        ("import os\nos.chdir('app')\n_.parse_file('lib.py')", "cwd:app/lib.py"),
        (
            "import os\nos.chdir(os.path.dirname(__file__))\n_.parse_file(['lib.py', __file__])",
            "file:../lib.py, file:",
        ),
        ("import os\n_.parse_file('lib.py')\nos.chdir('app')", "cwd:lib.py"),
        ("import os\nos.chdir(x)\n_.parse_file('lib.py')", "?"),
        ("import os\nos.chdir(x)\n_.parse_file(['lib.py', __file__])", "file:, ?"),
        ("import os\nif x:\n  os.chdir('app')\n_.parse_file('lib.py')", "?"),
    ],
)
def test_a_name_stands_for_what_the_statements_before_the_call_make_of_it(text: str, answer: str) -> None:
    check_paths(text, answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("path = 'lib'\ndef go(path):\n  _.parse_file(path)\ngo(__file__)", "file:"),
        ("path = 'lib'\ndef go(path):\n  _.parse_file(path)", "perhaps: ?"),
        ("path = 'lib'\ndef go():\n  _.parse_file(path)\ngo()", "cwd:lib"),
        ("def go(path='lib'):\n  _.parse_file(path)\ngo()", "cwd:lib"),
        ("def go(path='lib'):\n  _.parse_file(path)", "perhaps: perhaps cwd:lib, ?"),
        ("def go(path='lib'):\n  _.parse_file(path)\ngo('a')\ngo(path='b')", "cwd:a, cwd:b"),
        ("def go(path):\n  _.parse_file(path)\ngo('a')\nif x:\n  go('b')", "cwd:a, perhaps cwd:b"),
        ("def go(*paths):\n  _.parse_file(paths)\ngo('a', 'b')", "cwd:a, cwd:b"),
        ("def go(path):\n  _.parse_file(path)\ngo(*x)", "?"),
        ("def main():\n  here = 'lib'\n  _.parse_file(here)\nmain()", "cwd:lib"),
        ("here = 'a'\ndef main():\n  here = 'lib'\n  _.parse_file(here)\nmain()", "cwd:lib"),
        ("def main():\n  here = 'a'\n  here = 'b'\n  _.parse_file(here)\nmain()", "cwd:b"),
        ("def inner(path):\n  _.parse_file(path)\ndef outer(path):\n  inner(path)\nouter('a')", "cwd:a"),
        ("def go(n):\n  _.parse_file(n)\n  go(n)\ngo('a')", "cwd:a"),
        ("class A:\n  files = ['a']\n  def run(self):\n    _.parse_file(self.files)\nA().run()", "cwd:a"),
        (
            "class A:\n  def __init__(self, path):\n    self.path = path\n    _.parse_file(path)\nA('a')",
            "cwd:a",
        ),
        ("class A:\n  def run(self, path):\n    _.parse_file(path)\nA().run('a')", "cwd:a"),
        ("read = _.parse_file\nread(__file__)", "file:"),
        ("read = _.parse_file\ndef main():\n  read(['a', 'b'])\nmain()", "cwd:a, cwd:b"),
        ("def go():\n  def inner():\n    _.parse_file('a')\n  inner()\ngo()", "cwd:a"),
    ],
)
def test_a_parameter_is_what_the_calls_in_the_file_give(text: str, answer: str) -> None:
    check_paths(text, answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("if __name__ == '__main__':\n  _.parse_file('a')", "cwd:a"),
        ("def main():\n  _.parse_file('a')\nif __name__ == '__main__':\n  main()", "cwd:a"),
        ("def main():\n  _.parse_file('a')\nif __name__ == '__main__':\n  sys.exit(main())", "cwd:a"),
        ("def main(argv):\n  _.parse_file('a')\napp.run(main)", "cwd:a"),
        ("async def main():\n  _.parse_file('a')\nasyncio.run(main())", "cwd:a"),
        ("if x:\n  _.parse_file('a')", "perhaps: cwd:a"),
        ("x and _.parse_file('a')", "perhaps: cwd:a"),
        ("try:\n  pass\nexcept OSError:\n  _.parse_file('a')", "perhaps: cwd:a"),
        ("try:\n  _.parse_file('a')\nfinally:\n  pass", "cwd:a"),
        ("with x:\n  _.parse_file('a')", "cwd:a"),
        ("def train():\n  _.parse_file('a')\nif x:\n  train()", "perhaps: cwd:a"),
        ("def train():\n  _.parse_file('a')\nCOMMANDS = {'train': train}", "perhaps: cwd:a"),
        ("def train():\n  _.parse_file('a')\nparser.set_defaults(func=train)", "perhaps: cwd:a"),
        ("@app.command()\ndef train():\n  _.parse_file('a')", "perhaps: cwd:a"),
        ("def a():\n  b()\ndef b():\n  _.parse_file('a')\n  a()", "perhaps: cwd:a"),
        ("def main():\n  x = = 1\n  _.parse_file('a')\nmain()", "perhaps: cwd:a"),
    ],
)
def test_a_call_is_sure_where_whoever_runs_the_file_meets_it(text: str, answer: str) -> None:
    check_paths(text, answer)
