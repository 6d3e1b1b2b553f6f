"""What an item teaches: four topics, each with its subtopics."""

from collections.abc import Iterator
from dataclasses import dataclass


def tags_of(subtopic: str) -> tuple[str, str]:
    """What answers are evidence of: the topic and the subtopic."""
    return subtopic.partition(".")[0], subtopic


@dataclass(frozen=True, slots=True)
class Subtopic:
    """The finest unit that progress is measured in, such as `coding.modifiers`."""

    id: str
    title: str
    short: str
    tags: tuple[str, ...] = ()

    @property
    def topic(self) -> str:
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Topic:
    """One of the four shelves: coding, billing, anatomy, terminology."""

    id: str
    title: str
    subtopics: tuple[Subtopic, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All topics in their order."""

    topics: tuple[Topic, ...]

    def __iter__(self) -> Iterator[Subtopic]:
        return (subtopic for topic in self.topics for subtopic in topic.subtopics)

    def __contains__(self, subtopic_id: object) -> bool:
        return any(subtopic.id == subtopic_id for subtopic in self)

    def __getitem__(self, subtopic_id: str) -> Subtopic:
        """The subtopic of this id. Raises KeyError."""
        for subtopic in self:
            if subtopic.id == subtopic_id:
                return subtopic
        raise KeyError(subtopic_id)
