"""The real exams as published facts, and what a profile must add up to."""

import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.banks.planting import TEST_BANKS, planted
from trainer.banks.profiles import catalogue
from trainer.config import ROOT
from trainer.core.catalogue import Catalogue
from trainer.core.errors import BankError, Problem
from trainer.core.exam import ExamProfile, Navigation, PassRule

TODAY = date(2026, 11, 23)
PERCENT, SCALED = PassRule.PERCENT, PassRule.SCALED


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return catalogue(ROOT / "question_banks")


@pytest.fixture
def banks(tmp_path: Path) -> Path:
    """A copy of the test banks, to be changed."""
    return Path(shutil.copytree(TEST_BANKS, tmp_path / "bank"))


def every_profile() -> list[ExamProfile]:
    return [
        profile for exam in catalogue(ROOT / "question_banks").exams for profile in exam.profiles
    ]


class TestRealExams:
    def test_there_are_six_in_the_order_of_their_positions(self, real: Catalogue) -> None:
        assert [exam.id for exam in real.exams] == ["cpc", "cpb", "cca", "ccs", "ccs_p", "cbcs"]

    @pytest.mark.parametrize(
        ("exam", "items", "scored"),
        [
            ("cpc", 100, 100),
            ("cpb", 135, 135),
            ("cca", 105, 90),
            ("ccs", 107, 97),
            ("ccs_p", 121, 97),
            ("cbcs", 125, 100),
        ],
    )
    def test_have_their_published_lengths(self, real, exam: str, items: int, scored: int) -> None:
        profile = real.exam(exam).profile(TODAY)
        assert (profile.items, profile.scored) == (items, scored)

    @pytest.mark.parametrize(
        ("exam", "minutes"),
        [("cpc", 240), ("cpb", 240), ("cca", 120), ("ccs", 240), ("ccs_p", 240), ("cbcs", 180)],
    )
    def test_have_their_published_times(self, real, exam: str, minutes: int) -> None:
        assert real.exam(exam).profile(TODAY).minutes == minutes

    @pytest.mark.parametrize(
        ("exam", "rule", "mark", "scale"),
        [
            ("cpc", PERCENT, 70, (0, 100)),
            ("cpb", PERCENT, 70, (0, 100)),
            ("cca", SCALED, 300, (100, 400)),
            ("ccs", SCALED, 300, (100, 400)),
            ("ccs_p", SCALED, 300, (100, 400)),
            ("cbcs", SCALED, 390, (200, 500)),
        ],
    )
    def test_have_their_published_cuts(self, real, exam: str, rule, mark: int, scale) -> None:
        cut = real.exam(exam).profile(TODAY).cut
        assert (cut.rule, cut.mark, cut.scale) == (rule, mark, scale)

    @pytest.mark.parametrize(
        ("on", "navigation"),
        [
            (date(2024, 1, 1), Navigation.FORWARD_ONLY),
            (date(2026, 4, 30), Navigation.FORWARD_ONLY),
            (date(2026, 5, 1), Navigation.FREE),
            (TODAY, Navigation.FREE),
        ],
    )
    def test_cca_may_go_back_since_may_2026(self, real, on: date, navigation) -> None:
        assert real.exam("cca").profile(on).navigation is navigation

    @pytest.mark.parametrize("exam", ["cpc", "cpb", "ccs", "ccs_p", "cbcs"])
    def test_the_others_may_go_back(self, real: Catalogue, exam: str) -> None:
        assert real.exam(exam).profile(TODAY).navigation is Navigation.FREE

    def test_only_cbcs_is_closed_book(self, real: Catalogue) -> None:
        closed = [exam.id for exam in real.exams if not exam.profile(TODAY).open_book]
        assert closed == ["cbcs"]

    def test_only_ccs_p_has_unofficial_weights(self, real: Catalogue) -> None:
        unofficial = [exam.id for exam in real.exams if exam.profile(TODAY).unofficial]
        assert unofficial == ["ccs_p"]

    def test_there_are_45_subtopics_in_four_topics(self, real: Catalogue) -> None:
        topics = [topic.id for topic in real.taxonomy.topics]
        assert topics == ["coding", "billing", "anatomy", "terminology"]
        assert len({subtopic.id for subtopic in real.taxonomy}) == 45

    def test_every_subtopic_stands_under_its_own_topic(self, real: Catalogue) -> None:
        for topic in real.taxonomy.topics:
            assert {subtopic.topic for subtopic in topic.subtopics} == {topic.id}

    def test_every_subtopic_is_on_some_exam(self, real: Catalogue) -> None:
        asked = {name for exam in real.exams for name in exam.profile(TODAY).blueprint}
        assert asked == {subtopic.id for subtopic in real.taxonomy}


@pytest.mark.parametrize(
    "profile", every_profile(), ids=lambda profile: f"{profile.exam}-{profile.valid_from}"
)
class TestEveryRealProfile:
    def test_blueprint_sums_to_one(self, profile: ExamProfile) -> None:
        assert sum(profile.blueprint.values()) == pytest.approx(1, abs=1e-9)

    def test_domains_sum_to_the_scored_items(self, profile: ExamProfile) -> None:
        assert sum(domain.items for domain in profile.domains) == profile.scored

    def test_each_fact_has_a_source(self, profile: ExamProfile) -> None:
        assert profile.sources
        assert all(source.trust for source in profile.sources)

    def test_is_in_force_on_its_first_day(self, profile: ExamProfile, real: Catalogue) -> None:
        assert real.exam(profile.exam).profile(profile.valid_from) == profile

    def test_is_not_in_force_the_day_before(self, profile, real: Catalogue) -> None:
        exam = real.exam(profile.exam)
        before = exam.profile(profile.valid_from - timedelta(days=1))
        assert (before == profile) == (profile == exam.profiles[0])

    def test_has_the_same_kind_once(self, profile: ExamProfile) -> None:
        assert max(Counter(profile.kinds).values()) == 1


class TestProfileFiles:
    def test_profiles_come_oldest_first_however_they_are_written(self, banks: Path) -> None:
        planted(banks / "alpha/exam.yaml", "valid_from: 2025-01-01", "valid_from: 2027-01-01")
        exam = catalogue(banks).exam("alpha")
        assert [p.valid_from for p in exam.profiles] == [date(2026, 10, 1), date(2027, 1, 1)]

    def test_exams_come_by_position_not_by_name(self, banks: Path) -> None:
        planted(banks / "alpha/exam.yaml", "position: 1", "position: 3")
        assert [exam.id for exam in catalogue(banks).exams] == ["beta", "alpha"]

    def test_a_profile_belongs_to_its_exam(self, banks: Path) -> None:
        profiles = catalogue(banks).exam("beta").profiles
        assert [profile.exam for profile in profiles] == ["beta"]

    def test_splits_of_halves_and_quarters_are_kept(self, banks: Path) -> None:
        domains = catalogue(banks).exam("beta").profiles[0].domains
        assert domains[1].subtopics == (("billing.claims", 2.5), ("terminology.word-parts", 0.5))

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            (
                (
                    "    domains:\n      - name: Codes\n        items: 7\n"
                    "        subtopics: {coding.modifiers: 3, coding.icd10cm: 4}\n"
                ),
                (
                    "    domains:  # here\n      - name: Codes\n        items: 6\n"
                    "        subtopics: {coding.modifiers: 2, coding.icd10cm: 4}\n"
                ),
                ("profiles[1].domains", "domains of 9 items", "10, the items without pretest"),
            ),
            (
                "subtopics: {coding.modifiers: 3, coding.icd10cm: 4}",
                "subtopics: {coding.modifiers: 3, coding.icd10cm: 3.5}  # here",
                ("profiles[1].domains[1].subtopics", "a split of 6.5", "7"),
            ),
            (
                "subtopics: {coding.modifiers: 3, coding.icd10cm: 4}",
                "subtopics: {coding.modifiers: 3, coding.icd9: 4}  # here",
                ("profiles[1].domains[1].subtopics", "“coding.icd9”", "a subtopic of topics.yaml"),
            ),
            (
                "navigation: forward-only",
                "navigation: backwards  # here",
                ("profiles[1].navigation", "“backwards”", "one of 'free' or 'forward-only'"),
            ),
            (
                "pretest: 0",
                "pretest: -1  # here",
                ("profiles[1].pretest", "“-1”", "a larger number"),
            ),
        ],
    )
    def test_what_does_not_add_up_is_told(self, banks: Path, old: str, new: str, told) -> None:
        line = planted(banks / "beta/exam.yaml", old, new)
        assert faults(banks) == (Problem("bank/beta/exam.yaml", line, *told),)

    def test_a_second_profile_is_checked_like_the_first(self, banks: Path) -> None:
        planted(banks / "alpha/exam.yaml", "pretest: 2", "pretest: 3")
        (problem,) = faults(banks)
        assert (problem.field, problem.expected) == (
            "profiles[2].domains",
            "9, the items without pretest",
        )

    def test_faults_of_all_files_are_told_at_once(self, banks: Path) -> None:
        planted(banks / "alpha/exam.yaml", "pretest: 2", "pretest: two")
        planted(banks / "beta/exam.yaml", "short: BETA\n", "")
        (banks / "topics.yaml").write_text("topics: []\n")
        assert {problem.file for problem in faults(banks)} == {
            "bank/alpha/exam.yaml",
            "bank/beta/exam.yaml",
            "bank/topics.yaml",
        }

    def test_missing_topics_are_told(self, banks: Path) -> None:
        (banks / "topics.yaml").unlink()
        expected = "it in the bank folder"
        assert faults(banks)[0] == Problem("bank/topics.yaml", 1, "file", "no such file", expected)

    def test_an_unreadable_profile_is_told(self, banks: Path) -> None:
        (banks / "beta/exam.yaml").write_text("exam: [\n")
        assert [problem.file for problem in faults(banks)] == ["bank/beta/exam.yaml"]

    def test_a_folder_without_an_exam_is_refused(self, banks: Path) -> None:
        for name in ("alpha", "beta"):
            (banks / name / "exam.yaml").unlink()
        with pytest.raises(BankError, match="cannot be used"):
            catalogue(banks)


def faults(banks: Path) -> tuple[Problem, ...]:
    with pytest.raises(BankError) as caught:
        catalogue(banks)
    return caught.value.problems
