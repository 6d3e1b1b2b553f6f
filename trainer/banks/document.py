"""A YAML file in which every scalar stays the string its author typed.

YAML would read `00100` as 64, `NO` as false and `0042T` as text but `1e3` as 1000.0. We compose
the node graph without resolving a single scalar, keep the nodes for their line numbers, and
refuse what an author cannot mean: anchors, tags, a key given twice.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from trainer.core.errors import Problem

Plain = str | list[Any] | dict[str, Any]
Location = tuple[str | int, ...]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
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
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise UnreadableError([_syntax_problem(name, error)]) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        found = f"the control character {error.character!r}"
        raise UnreadableError([Problem(name, line, "file", found, "printable text")]) from error
    except RecursionError as error:
        problem = Problem(name, 1, "file", "lists nested hundreds deep", "a bank file")
        raise UnreadableError([problem]) from error
    if root is None:
        raise UnreadableError([Problem(name, 1, "file", "nothing", "a bank file")])
    faults: list[Problem] = []
    value = _plain(root, name, faults, set())
    if faults:
        raise UnreadableError(faults)
    return Document(name, value, root)


def _decoded(path: Path, name: str) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{raw[error.start]:02X}, which is not UTF-8"
        problem = Problem(name, line, "file", found, "a file saved as UTF-8")
        raise UnreadableError([problem]) from error


def _syntax_problem(name: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    return Problem(name, line, "file", error.problem or "broken YAML", "well-formed YAML")


def _plain(node: yaml.Node, name: str, faults: list[Problem], seen: set[int]) -> Plain:
    """The node as strings, lists and dicts; a field left blank counts as left out."""
    if id(node) in seen:
        faults.append(Problem(name, _line(node), "file", "an alias (*name)", "the text itself"))
        return ""
    seen.add(id(node))
    if node.tag not in _PLAIN_TAGS:
        faults.append(Problem(name, _line(node), "file", f"the tag {node.tag}", "no tags"))
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, name, faults, seen) for child in node.value]
    return _mapping(node, name, faults, seen)


def _mapping(node: yaml.Node, name: str, faults: list[Problem], seen: set[int]) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        if not isinstance(key, str):
            faults.append(
                Problem(name, _line(key_node), "file", "a list as a field's name", "text")
            )
        elif key in mapping:
            faults.append(Problem(name, _line(key_node), key, "the field a second time", "it once"))
        elif not _blank(value_node):
            mapping[key] = _plain(value_node, name, faults, seen)
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
