"""What uses a manager as a whole, or may use one unseen; words in strings and comments are no sign of it."""

from __future__ import annotations

import pytest

from tests.hpman.static.checking import facts_of


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("exec(code)", ["executes"]),
        ("eval(code)", ["executes"]),
        ("builtins.exec(code)", ["executes"]),
        ("exec('_(1)')", ["executes"]),
        ("eval('1 + 1'); model.eval(); model.exec('a', 1); df.eval('a', x)", ["called eval a", "called exec a"]),
        ('"""Never calls exec(code), nor __import__(name)."""', []),
        ("# exec(code), f(_), sys.path.append(x)", []),
        ("x = 'getattr(module, \"_\")'", []),
        ("# once: cfg._('lr', 1)", []),
        ("cfg._('lr', 1)", ["called _ lr"]),
        ("x['_'](hp_name='lr', hp_value=1)", ["called _ lr"]),
        ("f(\n    # cfg._('lr', 1)\n)", []),
        ("getattr(module, '_')", ["looked-up _"]),
        ("getattr(module, '_', None)", ["looked-up _"]),
        ("globals()['_']; m.__dict__['_']; vars(m).get('_')", ["looked-up _"] * 3),
        ("getattr(_, 'set_value')('lr', 1)", ["gives _", "looked-up set_value"]),
        ("getattr(_, name)", ["gives _"]),
        ("getattr(_, 'get_values')", ["looked-up get_values", "whole _"]),
        ("__import__(name)", ["runs-any"]),
        ("__import__('os').environ", []),
        ("sys.path.append(x)", ["runs-any"]),
        ("sys.path[0:0] = [x]", ["runs-any"]),
        ("sys.path += [x]", ["runs-any"]),
        ("paths = sys.path", ["runs-any"]),
        ("print(sys.path); sys.path[0]; x in sys.path", []),
        ("f(_)", ["whole _"]),
        ("s = _.set_value", ["gives _"]),
        ("t = _.tree", ["gives _"]),
        ("_.tree.get('b'); _.tree.count()", ["whole _"]),
        ("_.get_values()", ["whole _"]),
        ("_.get_values()['lr']; 'lr' in _.get_values()", []),
        ("_.get_values()[name]", ["whole _"]),
        ("_\n_.set_values", ["shown _", "shown _"]),
        ("hpargparse.bind(parser, _)", ["bound _"]),
        ("hpargparse.bind(parser, hp_mgr=_)", ["bound _"]),
        ("_.parse_source(text); _.export_values()", ["method _ parse_source", "method _ export_values", "whole _"]),
        ("_('a'); _.set_value('a', 1); _.get_tree('a'); _ = 1; f(_=1)", []),
        ("for _ in x: pass", []),
        ("import a as _", []),
        ("f'{f(_)} _'", ["whole _"]),
        ("x = (_.db,\n", ["whole _"]),
        ("x = (exec(code)\n", ["executes"]),
        ("x = ('exec(code) _'\n", []),
    ],
)  # fmt: skip
def test_only_code_is_a_sign(text: str, signs: list[str]) -> None:
    found = [" ".join(filter(None, (one.kind, one.name, one.detail))) for one in facts_of(text).signs]
    assert sorted(found) == sorted(signs)


def test_what_hides_a_candidate_is_known_of_its_sign() -> None:
    (own, module) = facts_of("def f(_):\n    g(_)\ndef h():\n    g(_)\n").signs
    assert [one.kind for one in own.scope or ()] == ["parameter"]
    assert module.scope is None
