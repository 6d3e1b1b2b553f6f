"""`topics.yaml` and every `exam.yaml` of the bank folder, read into the catalogue."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, TypeAdapter

from trainer.banks.document import Document, UnreadableError, read
from trainer.banks.faults import checked
from trainer.banks.loader import PROFILE_FILE, TOPICS_FILE
from trainer.banks.schema import Entry, Line, Slug, Url
from trainer.core.catalogue import Catalogue
from trainer.core.errors import BankError, Problem
from trainer.core.exam import Exam, Navigation, PassRule
from trainer.core.topic import Taxonomy

_Model = TypeVar("_Model", bound=BaseModel)
_ROUNDING = 1e-9  # splits hold halves and quarters; their float sums may not be exact
Share = Annotated[float, Field(gt=0, le=500)]


class SubtopicEntry(Entry):
    id: Slug
    title: Line
    short: Line
    tags: list[Line] = []


class TopicEntry(Entry):
    id: Slug
    title: Line
    subtopics: Annotated[list[SubtopicEntry], Field(min_length=1)]


class TopicsFile(Entry):
    topics: Annotated[list[TopicEntry], Field(min_length=1)]


class CutEntry(Entry):
    rule: PassRule
    mark: int
    scale: Annotated[list[int], Field(min_length=2, max_length=2)]
    raw: Annotated[float, Field(gt=0, lt=1)]


class DomainEntry(Entry):
    name: Line
    items: Annotated[int, Field(ge=1)]
    subtopics: dict[Slug, Share]


class SourceEntry(Entry):
    title: Line
    trust: Line
    url: Url | None = None


class ProfileEntry(Entry):
    valid_from: date
    verified_on: date
    items: Annotated[int, Field(ge=1)]
    pretest: Annotated[int, Field(ge=0)]
    minutes: Annotated[int, Field(ge=1)]
    cut: CutEntry
    navigation: Navigation
    open_book: bool
    books: Line
    kinds: Annotated[list[Slug], Field(min_length=1)]
    domains: Annotated[list[DomainEntry], Field(min_length=1)]
    sources: Annotated[list[SourceEntry], Field(min_length=1)]
    unofficial: Line | None = None
    change: Line | None = None


class ExamFile(Entry):
    exam: Slug
    position: Annotated[int, Field(ge=1)]
    short: Line
    name: Line
    body: Line
    setting: Line
    profiles: Annotated[list[ProfileEntry], Field(min_length=1)]


_TAXONOMY: TypeAdapter[Taxonomy] = TypeAdapter(Taxonomy)
_EXAM: TypeAdapter[Exam] = TypeAdapter(Exam)


def catalogue(root: Path) -> Catalogue:
    """Everything under a bank folder that is not items.

    Raises BankError with all problems of all files.
    """
    problems: list[Problem] = []
    topics = _file(root / TOPICS_FILE, root, TopicsFile, problems)
    exams = [
        (document, entry)
        for path in sorted(root.glob(f"*/{PROFILE_FILE}"))
        for document, entry in [_file(path, root, ExamFile, problems)]
        if document and entry
    ]
    taxonomy = _TAXONOMY.validate_python(topics[1].model_dump()) if topics[1] else Taxonomy(())
    known = frozenset(subtopic.id for subtopic in taxonomy)
    for document, entry in exams:
        problems.extend(_exam_problems(document, entry, known))
    if problems or not exams:
        raise BankError(f"The exam profiles in {root} cannot be used.", tuple(problems))
    exams.sort(key=lambda pair: pair[1].position)
    return Catalogue(taxonomy, tuple(_exam(entry) for _, entry in exams))


def _file(
    path: Path, root: Path, model: type[_Model], problems: list[Problem]
) -> tuple[Document | None, _Model | None]:
    name = str(path.relative_to(root.parent))
    if not path.is_file():
        problems.append(Problem(name, 1, "file", "no such file", "it in the bank folder"))
        return None, None
    try:
        document = read(path, name)
    except UnreadableError as error:
        problems.extend(error.problems)
        return None, None
    entry, faults = checked(model, document)
    problems.extend(faults)
    return document, entry


def _exam(entry: ExamFile) -> Exam:
    fields: dict[str, Any] = entry.model_dump()
    profiles = fields.pop("profiles")
    for profile in profiles:
        profile["exam"] = entry.exam
        for domain in profile["domains"]:
            domain["subtopics"] = tuple(domain["subtopics"].items())
    profiles.sort(key=lambda profile: profile["valid_from"])
    fields["id"] = fields.pop("exam")
    del fields["position"]
    return _EXAM.validate_python({**fields, "profiles": profiles})


def _exam_problems(document: Document, entry: ExamFile, known: frozenset[str]) -> Iterator[Problem]:
    """Sums that do not add up and subtopics that do not exist."""
    for number, profile in enumerate(entry.profiles):
        here = ("profiles", number)
        scored = profile.items - profile.pretest
        total = sum(domain.items for domain in profile.domains)
        if total != scored:
            expected = f"{scored}, the items without pretest"
            yield document.problem((*here, "domains"), f"domains of {total} items", expected)
        for place, domain in enumerate(profile.domains):
            where = (*here, "domains", place, "subtopics")
            split = sum(domain.subtopics.values())
            if abs(split - domain.items) > _ROUNDING:
                yield document.problem(where, f"a split of {split:g}", f"{domain.items}")
            for subtopic in domain.subtopics:
                if subtopic not in known:
                    yield document.problem(where, f"“{subtopic}”", f"a subtopic of {TOPICS_FILE}")
