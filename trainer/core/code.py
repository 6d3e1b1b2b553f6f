"""How a medical code is written, and when two spellings are the same code.

Shape only: whether a code exists is for `codesets` to say.
"""

from dataclasses import dataclass
from enum import StrEnum


class CodeSet(StrEnum):
    """The code sets of HIPAA transactions that the six exams test (45 CFR 162.1002)."""

    ICD_10_CM = "icd-10-cm"
    ICD_10_PCS = "icd-10-pcs"
    CPT = "cpt"
    HCPCS = "hcpcs"

    @property
    def label(self) -> str:
        """The code set's name in running text."""
        return "HCPCS Level II" if self is CodeSet.HCPCS else self.value.upper()


@dataclass(frozen=True, slots=True)
class EnteredCode:
    """One row of a code entry: the code and what hangs on it. Unused parts stay empty."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: int | None = None
    poa: str | None = None


def normalised(code: str) -> str:
    """The comparable spelling of a code: upper case, without dots, blanks and a leading plus.

    >>> normalised(" e11.9 "), normalised("+99292"), normalised("0042t")
    ('E119', '99292', '0042T')
    """
    return "".join(code.split()).upper().replace(".", "").removeprefix("+")


def entered(
    code: str, modifiers: str = "", units: int | None = None, poa: str | None = None
) -> EnteredCode:
    """A row as typed, taken apart: `99213-25` and `99213-25,59` carry their modifiers.

    >>> entered("99213-25", "59")
    EnteredCode(code='99213', modifiers=('25', '59'), units=None, poa=None)
    """
    stem, *attached = normalised(code).replace(",", "-").split("-")
    listed = modifiers.upper().replace(",", " ").replace("-", " ").split()
    wanted = tuple(part for part in (*attached, *listed) if part)
    return EnteredCode(stem, wanted, units, poa.upper() if poa else None)
