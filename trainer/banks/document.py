"""A YAML file in which every scalar stays the string its author typed.

YAML would read `00100` as 64, `NO` as false and `0042T` as text but `1e3` as 1000.0. We compose
the node graph without resolving a single scalar, keep the nodes for their line numbers, and
refuse what an author cannot mean: aliases, tags, a key given twice.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from trainer.core.errors import Problem

Plain = str | list[Any] | dict[str, Any]
Location = tuple[str | int, ...]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_UNPRINTABLE = yaml.reader.Reader.NON_PRINTABLE  # as YAML 1.1 has it, section 5.1
_DEEPEST = 50  # levels; ours need nine, and libyaml's composer kills the process at some 50 000
_PLAIN_TAGS = {
    "tag:yaml.org,2002:str",
    "tag:yaml.org,2002:seq",
    "tag:yaml.org,2002:map",
    "?",
    "!",
    None,
}


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file: its name for messages, its plain value, its nodes for line numbers."""

    name: str
    value: Plain
    root: yaml.Node

    def line(self, location: Location) -> int:
        """The line of the nearest existing node on the way to a location; counts from 1."""
        node = self.root
        line = _line(node)
        for step in location:
            found = _child(node, step)
            if found is None:
                continue  # a union's tag, or a field that is not there: stay at its owner
            line, node = found
        return line

    def problem(self, location: Location, found: str, expected: str) -> Problem:
        return Problem(self.name, self.line(location), _dotted(location), found, expected)


class UnreadableError(Exception):
    """A file that is no plain YAML; carries the problems for the caller to collect."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(str(problems[0]))
        self.problems = problems


def read(path: Path, name: str) -> Document:
    """The document in a file. Raises UnreadableError with every fault that can be told."""
    text = _decoded(path, name)
    try:
        _refuse_events(text, name)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise UnreadableError([_syntax_problem(name, error)]) from error
    if root is None:
        raise UnreadableError([Problem(name, 1, "file", "nothing", "a bank file")])
    faults: list[Problem] = []
    value = _plain(root, name, faults)
    if faults:
        raise UnreadableError(faults)
    return Document(name, value, root)


def _decoded(path: Path, name: str) -> str:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{raw[error.start]:02X}, which is not UTF-8"
        problem = Problem(name, line, "file", found, "a file saved as UTF-8")
        raise UnreadableError([problem]) from error
    control = _UNPRINTABLE.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise UnreadableError([_control_problem(name, line, control[0])])
    return text


def _control_problem(name: str, line: int, character: str) -> Problem:
    found = f"the control character U+{ord(character):04X}"
    return Problem(name, line, "file", found, "printable text")


def _refuse_events(text: str, name: str) -> None:
    """Aliases and depth are refused before a node graph is built: there an alias has no line."""
    faults: list[Problem] = []
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            faults.append(Problem(name, line, "file", "an alias (*name)", "the text itself"))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            faults.append(
                Problem(name, line, "file", f"more than {_DEEPEST} levels", "a bank file")
            )
            break
    if faults:
        raise UnreadableError(faults)


def _syntax_problem(name: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    found = (error.problem or "broken YAML").removeprefix("found ")
    return Problem(name, line, "file", found, "well-formed YAML")


def _plain(node: yaml.Node, name: str, faults: list[Problem]) -> Plain:
    """The node as strings, lists and dicts; a field left blank counts as left out."""
    if node.tag not in _PLAIN_TAGS:
        faults.append(Problem(name, _line(node), "file", f"the tag {node.tag}", "no tags"))
    if isinstance(node, yaml.ScalarNode):
        control = _UNPRINTABLE.search(node.value)  # written as an escape, such as "\0"
        if control:
            faults.append(_control_problem(name, _line(node), control[0]))
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, name, faults) for child in node.value]
    return _mapping(node, name, faults)


def _mapping(node: yaml.Node, name: str, faults: list[Problem]) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = _plain(key_node, name, faults)
        if not isinstance(key, str):
            faults.append(
                Problem(name, _line(key_node), "file", "a list as a field's name", "text")
            )
        elif key in mapping:
            faults.append(Problem(name, _line(key_node), key, "the field a second time", "it once"))
        elif not _blank(value_node):
            mapping[key] = _plain(value_node, name, faults)
    return mapping


def _blank(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style


def _child(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return _line(key), value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return _line(child), child
    return None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _dotted(location: Location) -> str:
    text = ""
    for step in location:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".") or "file"
