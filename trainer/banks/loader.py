"""Bank folders and files as values, or every fault that stands in the way.

A *bank* is a folder with a `bank.yaml` and item files below it, or one item file that carries
its own `bank:` header. Nothing of a bank with a fault is returned.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from trainer.banks.document import Document, UnreadableError, read
from trainer.banks.faults import checked
from trainer.banks.integrity import Placed, integrity_problems
from trainer.banks.schema import BankFile, BankHeader, HeaderFile, case_value, item_value
from trainer.core.bank import Bank
from trainer.core.catalogue import Catalogue
from trainer.core.errors import BankError, Problem
from trainer.core.item import Case

HEADER_FILE = "bank.yaml"
PROFILE_FILE = "exam.yaml"
TOPICS_FILE = "topics.yaml"
_FORMAT = b"1"  # raise when the same bytes would load into other values


Tick = Callable[[int], None]


def _unheard(_size: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Source:
    """One bank on disk, not read yet: its header file and its item files, in order."""

    root: Path
    header: Path | None
    files: tuple[Path, ...]

    @property
    def name(self) -> str:
        return self.root.name

    @property
    def is_part(self) -> bool:
        """Whether this is one file of a bank folder: fit to be linted, not to be loaded."""
        return self.header is not None and self.root.is_file()

    @property
    def size(self) -> int:
        """Bytes of all files, for a progress bar."""
        return sum(path.stat().st_size for path in self.files)

    def digest(self) -> str:
        """Hash of everything that a load depends on; equal digests load into equal banks."""
        total = sha256(_FORMAT)
        for path in (*filter(None, (self.header,)), *self.files):
            total.update(str(path.relative_to(self.root.parent)).encode())
            total.update(sha256(path.read_bytes()).digest())
        return total.hexdigest()


def sources(path: Path) -> tuple[Source, ...]:
    """The banks at a path: one file, one bank folder, or a folder of bank folders.

    Raises BankError where there is none.
    """
    if path.is_file():
        header = path.parent / HEADER_FILE
        return (Source(path, header if header.is_file() else None, (path,)),)
    if (path / HEADER_FILE).is_file():
        return (_folder(path),)
    found = tuple(_folder(header.parent) for header in sorted(path.glob(f"*/{HEADER_FILE}")))
    if not found:
        raise BankError(f"No bank at {path}: neither an item file nor a folder with {HEADER_FILE}.")
    return found


def _folder(root: Path) -> Source:
    skipped = {HEADER_FILE, PROFILE_FILE, TOPICS_FILE}
    files = sorted(p for p in root.rglob("*.y*ml") if p.is_file() and p.name not in skipped)
    return Source(root, root / HEADER_FILE, tuple(files))


@dataclass(frozen=True, slots=True)
class _Part:
    """One item file, read and shaped."""

    document: Document
    file: BankFile


def load(source: Source, catalogue: Catalogue, read_bytes: Tick = _unheard) -> Bank:
    """The bank of a source; `read_bytes` hears the size of each file once it is read.

    Raises BankError with all problems of all its files.
    """
    problems: list[Problem] = []
    header = _header(source, problems)
    parts = list(_parts(source, problems, read_bytes))
    for part in parts:
        header = _merged(header, part, source, problems)
    if header is None and not problems:
        problems.append(Problem(source.name, 1, "bank", "nothing", f"a header (or {HEADER_FILE})"))
    placed = [place for part in parts for place in _placed(part)]
    problems.extend(integrity_problems(placed, catalogue))
    if header is None or problems:
        count = f"{len(problems)} fault{'s' if len(problems) > 1 else ''}"
        raise BankError(f"{source.name}: {count}; nothing of it was loaded.", tuple(problems))
    return Bank(
        header.id,
        header.title,
        header.licence,
        tuple(header.authors),
        tuple(place.value for place in placed if not isinstance(place.value, Case)),
        tuple(place.value for place in placed if isinstance(place.value, Case)),
        {place.value.id: f"{place.document.name}:{place.line}" for place in placed},
    )


def _header(source: Source, problems: list[Problem]) -> BankHeader | None:
    if source.header is None:
        return None
    document = _document(source.header, source, problems)
    if document is None:
        return None
    header, faults = checked(HeaderFile, document)
    problems.extend(faults)
    return header.bank if header else None


def _parts(source: Source, problems: list[Problem], read_bytes: Tick) -> Iterator[_Part]:
    for path in source.files:
        document = _document(path, source, problems)
        read_bytes(path.stat().st_size)
        if document is None:
            continue
        file, faults = checked(BankFile, document)
        problems.extend(faults)
        if file is not None:
            yield _Part(document, file)


def _document(path: Path, source: Source, problems: list[Problem]) -> Document | None:
    try:
        return read(path, str(path.relative_to(source.root.parent)))
    except UnreadableError as error:
        problems.extend(error.problems)
        return None


def _merged(
    header: BankHeader | None, part: _Part, source: Source, problems: list[Problem]
) -> BankHeader | None:
    own = part.file.bank
    if own and source.header:
        expected = f"the header in {HEADER_FILE} only"
        problems.append(part.document.problem(("bank",), "a second header", expected))
    return header or own


def _placed(part: _Part) -> Iterator[Placed]:
    for position, entry in enumerate(part.file.items):
        yield Placed(item_value(entry, None), part.document, ("items", position))
    for place, case in enumerate(part.file.cases):
        yield Placed(case_value(case), part.document, ("cases", place))
        for position, entry in enumerate(case.items):
            location = ("cases", place, "items", position)
            yield Placed(item_value(entry, case.id), part.document, location)
