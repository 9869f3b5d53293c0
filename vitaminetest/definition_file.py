"""A questionnaire as one YAML file, and as plain JSON data. Pure. `parse(dump(definition)) == definition`, for every definition.

What has its default is left out. A condition is a list of groups, each a list of clauses such as `{question: sport, is: [vaak]}`.
"""

import re
from dataclasses import MISSING, fields, replace
from enum import StrEnum
from typing import Any

import yaml

from vitaminetest.definition import (
    Case,
    Clause,
    Definition,
    Kind,
    Operator,
    Option,
    Outcome,
    OutcomeKind,
    Points,
    Question,
    Score,
    Section,
)
from vitaminetest.structure import find_faults

_CONDITIONS = {"shown_if", "applies_if"}
_PARTS = {"sections": Section, "questions": Question, "options": Option, "scores": Score, "outcomes": Outcome, "cases": Case}
_ENUMS = {(Question, "kind"): Kind, (Outcome, "kind"): OutcomeKind}
_OTHER_LINE_ENDS = frozenset("\r\x85\u2028\u2029")  # YAML would fold these, unless they are written as an escape
LONGEST = 120_000  # characters
DEEPEST = 20  # lists and mappings in one another; a questionnaire has nine
LONGEST_NUMBER = 40  # characters
MOST_VALUES = 50_000
_HALF = re.compile("[\ud800-\udfff]")  # half a character, which no database takes
_MOST = 10**9  # of a whole number: what a column of the database holds
_BY_OPTION = (Operator.IS, Operator.IS_NOT)


class DefinitionError(ValueError):
    """The file is no questionnaire; the message says in Dutch what is wrong, where, and what to do."""


def dump(definition: Definition) -> str:
    """Return the file of a questionnaire. The same questionnaire gives the same bytes."""
    return yaml.dump(to_data(definition), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks of lines, which a person can read and change."""


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = '"' if _OTHER_LINE_ENDS.intersection(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent)


class _Loader(yaml.SafeLoader):
    """Takes neither `<<` (which a few lines can make endless), nor deep nesting or numbers that take long to read."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.composer.ComposerError(None, None, "er zit te veel in elkaar", self.peek_event().start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                raise yaml.constructor.ConstructorError(None, None, "‘<<’ kan hier niet", key.start_mark)
        super().flatten_mapping(node)

    def construct_number(self, node: yaml.ScalarNode) -> int | float:
        if len(node.value) > LONGEST_NUMBER:
            raise yaml.constructor.ConstructorError(None, None, "dit getal is te groot", node.start_mark)
        return self.construct_yaml_int(node) if node.tag.endswith(":int") else self.construct_yaml_float(node)


for _kind in ("int", "float"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", _Loader.construct_number)


def parse(text: str) -> Definition:
    """Return the questionnaire in a file. Raises DefinitionError."""
    if len(text) > LONGEST:
        raise DefinitionError(f"Het bestand is te groot: {len(text)} tekens, en hooguit {LONGEST} mag.")
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader that takes less
        size = _size(data, {})
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DefinitionError(f"Het bestand is geen geldige YAML: {str(error)[:300]}") from error
    if size > MOST_VALUES:
        raise DefinitionError(f"Het bestand is te groot: met alle verwijzingen (*naam) staan er meer dan {MOST_VALUES} waarden in.")
    return from_data(data)


def _size(data: object, known: dict[int, int]) -> int:
    """Return how many values there are when every reference (`*name`) is written out. Counts each only once."""
    if not isinstance(data, dict | list):
        return 1
    if id(data) not in known:
        known[id(data)] = MOST_VALUES + 1  # while it is being counted: one that holds itself is endless
        known[id(data)] = 1 + sum(_size(part, known) for part in (data.values() if isinstance(data, dict) else data))
    return known[id(data)]


def to_data(definition: Definition) -> dict:
    """Return plain data: dicts, lists, texts, numbers."""
    return _pack(definition)


def from_data(data: object) -> Definition:
    """Return the questionnaire that `to_data` was given. Raises DefinitionError on anything that is none."""
    definition = _unpack(Definition, data, "vragenlijst")
    if faults := find_faults(definition):
        raise DefinitionError(faults[0])
    return replace(definition, cases=tuple(_in_order(case, definition) for case in definition.cases))


def _in_order(case: Case, definition: Definition) -> Case:
    """Return a case with its answers in the order of the questions: a database of JSON keeps no order of its own."""
    order = list(definition.questions)
    return replace(case, answers=tuple(sorted(case.answers, key=lambda answer: order.index(answer[0]))))


def _pack(thing: Any) -> dict:
    packed = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if field.default is MISSING or value != field.default:
            packed[field.name] = _pack_value(thing, field.name, value)
    return packed


def _pack_value(thing: Any, name: str, value: Any) -> Any:
    if name in _CONDITIONS:
        return [[_pack_clause(clause) for clause in group] for group in value]
    if isinstance(thing, Case) and name == "answers":
        return {key: list(answer) if isinstance(answer, tuple) else answer for key, answer in value}
    if isinstance(value, tuple):
        return [item if isinstance(item, str) else _pack(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def _pack_clause(clause: Clause) -> dict:
    about = {"score": clause.score} if clause.score else {"question": clause.question}
    return about | {str(clause.operator): list(clause.options) if clause.operator in _BY_OPTION else clause.number}


def _unpack(kind: type, data: object, place: str) -> Any:
    if not isinstance(data, dict):
        raise DefinitionError(f"{place}: hier horen regels van de vorm ‘naam: waarde’.")
    known = {field.name: field for field in fields(kind)}
    if unknown := [str(name) for name in data if name not in known]:
        raise DefinitionError(f"{place}: ‘{unknown[0][:60]}’ kan hier niet. Wel: {', '.join(known)}.")
    if missing := [name for name, field in known.items() if field.default is MISSING and name not in data]:
        raise DefinitionError(f"{place}: ‘{missing[0]}’ ontbreekt.")
    name = data.get("key") or data.get("title") or data.get("name") or data.get("question")
    here = f"{place} › {str(name)[:60]}" if name and kind is not Definition else place
    return kind(**{field: _unpack_value(kind, known[field], value, f"{here} › {field}") for field, value in data.items()})


def _unpack_value(kind: type, field: Any, value: object, place: str) -> Any:
    if field.name in _CONDITIONS:
        return tuple(tuple(_unpack_clause(clause, place) for clause in _list(group, place)) for group in _list(value, place))
    if kind is Case and field.name == "answers":
        return _unpack_answers(value, place)
    if field.name == "points" and kind is Score:
        return tuple(_unpack(Points, item, place) for item in _list(value, place))
    if field.name in _PARTS and not (kind is Points and field.name == "options"):
        return tuple(_unpack(_PARTS[field.name], item, place) for item in _list(value, place))
    if field.name in ("options", "expects"):
        return _texts(value, place)
    if (kind, field.name) in _ENUMS:
        return _enum(_ENUMS[kind, field.name], value, place)
    return _plain(value, field, place)


def _unpack_clause(data: object, place: str) -> Clause:
    if not isinstance(data, dict) or len(data) != 2 or len(about := [name for name in ("question", "score") if name in data]) != 1:
        raise DefinitionError(f"{place}: een voorwaarde noemt één vraag of score en één vergelijking.")
    operator = _enum(Operator, next(name for name in data if name not in about), place)
    value = data[operator]
    right = {"options": _texts(value, place)} if operator in _BY_OPTION else {"number": _whole(value, place)}
    return Clause(operator, **{about[0]: _text(data[about[0]], place)}, **right)


def _unpack_answers(value: object, place: str) -> tuple[tuple[str, object], ...]:
    if not isinstance(value, dict):
        raise DefinitionError(f"{place}: hier horen regels van de vorm ‘vraag: antwoord’.")
    return tuple((_text(key, place), tuple(answer) if isinstance(answer, list) else answer) for key, answer in value.items())


def _plain(value: object, field: Any, place: str) -> Any:
    if field.type in (bool, "bool"):
        if not isinstance(value, bool):
            raise DefinitionError(f"{place}: schrijf true of false.")
        return value
    if field.type in (str, "str"):
        return _text(value, place)
    return None if value is None and field.default is None else _whole(value, place)


def _list(value: object, place: str) -> list:
    if not isinstance(value, list):
        raise DefinitionError(f"{place}: hier hoort een lijst.")
    return value


def _texts(value: object, place: str) -> tuple[str, ...]:
    return tuple(_text(item, place) for item in _list(value, place))


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or "\0" in value or (not value.isascii() and _HALF.search(value)):
        raise DefinitionError(f"{place}: hier hoort een tekst. Zet woorden als ja, nee en getallen tussen aanhalingstekens.")
    return value


def _whole(value: object, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise DefinitionError(f"{place}: hier hoort een heel getal.")
    if not -_MOST <= value <= _MOST:
        raise DefinitionError(f"{place}: dit getal is te groot.")
    return value


def _enum(kind: type[StrEnum], value: object, place: str) -> Any:
    if value not in list(kind):
        raise DefinitionError(f"{place}: ‘{str(value)[:60]}’ kan hier niet. Wel: {', '.join(kind)}.")
    return kind(value)
