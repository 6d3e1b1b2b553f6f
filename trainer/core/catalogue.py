"""What the house teaches for: the taxonomy and the exams, read once from the bank folder."""

from dataclasses import dataclass

from trainer.core.errors import NotFoundError
from trainer.core.exam import Exam
from trainer.core.topic import Taxonomy


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All topics and exams."""

    taxonomy: Taxonomy
    exams: tuple[Exam, ...]

    def exam(self, exam_id: str) -> Exam:
        """The exam of this id. Raises NotFoundError."""
        for exam in self.exams:
            if exam.id == exam_id:
                return exam
        raise NotFoundError(f"There is no exam called “{exam_id}”.")
