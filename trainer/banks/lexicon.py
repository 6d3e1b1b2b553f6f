"""Word lists of the linter: small, edited by hand, and the same for every rule.

All entries are lower case unless their case is what matters. Lists of cues follow the NBME
item-writing guide (2020, ch. 3) and Haladyna, Downing & Rodriguez (2002), with words of the trade
added where question banks for coders showed the need.
"""

# Words that hold grammar together and tell nothing about a topic.
STOP_WORDS = frozenset(
    """
    a about above after again against all along also although am among an and another any are as
    at away back be because been before being below beside besides between both but by can cannot
    could did do does doing done down during each either else enough even ever every few first
    for from further get given gives goes had has have having he her here hers him himself his how
    however i if in instead into is it its itself just last later least less like made make makes
    many may me more most much must my neither never next no nor not now of off often on once one
    only onto or other others our out over own part per put rather same second several shall she
    should since so some still such take taken takes than that the their them themselves then
    there these they third this those though three through thus to together too toward two under
    unless until up upon us use used uses using very was way we well went were what when where
    whether which while who whom whose why will with within without would yet you your
    """.split()
)

# Content words that nearly every item of the field uses: sharing one is no cue.
TRADE_WORDS = frozenset(
    """
    answer append applies apply assign assigned belong bill billed biller billing case charge
    claim claims clinic code coded coder codes coding correct day days describe diagnoses
    diagnosis doctor document documentation documented documents encounter facility following
    hospital item items line medical medicare modifier modifiers name names need needs note office
    patient patients pay payer payment physician practice procedure procedures provider record
    records report reported reporting reports same separate separately service services show shows
    surgeon term true visit year years
    """.split()
)

ABSOLUTE_TERMS = frozenset(
    """
    always never only all none nobody nothing every everyone everything must invariably entirely
    completely absolutely impossible regardless solely exclusively
    """.split()
)

# How often without how often: every reader takes another number from these (NBME, ch. 3).
VAGUE_FREQUENCY = frozenset(
    """
    usually often sometimes frequently rarely seldom occasionally generally typically commonly
    normally mostly infrequently regularly might possibly probably perhaps
    """.split()
)

# “May” permits (a provider may bill) or estimates (may cause); only before these it estimates.
ESTIMATED = frozenset(
    """
    affect cause develop happen increase decrease indicate involve lead occur present progress
    reduce result spread suggest vary worsen
    """.split()
)

# Words that turn a question round, and those that turn a statement round.
NEGATIVE_STEM = frozenset("not except least incorrect incorrectly false never neither".split())
NEGATIVE_OPTION = frozenset("not never neither nor cannot nobody nothing".split())

# Each pair leaves little between its two words: where two options differ by one of them only,
# one of the two is likely the key.
ANTONYMS: tuple[tuple[str, str], ...] = (
    ("abduction", "adduction"),
    ("above", "below"),
    ("accept", "reject"),
    ("active", "inactive"),
    ("acute", "chronic"),
    ("after", "before"),
    ("anterior", "posterior"),
    ("allowed", "prohibited"),
    ("approve", "deny"),
    ("benign", "malignant"),
    ("bundled", "unbundled"),
    ("covered", "excluded"),
    ("covered", "noncovered"),
    ("credit", "debit"),
    ("decrease", "increase"),
    ("decreases", "increases"),
    ("decreased", "increased"),
    ("distal", "proximal"),
    ("dorsal", "ventral"),
    ("expand", "narrow"),
    ("extension", "flexion"),
    ("higher", "lower"),
    ("inferior", "superior"),
    ("inpatient", "outpatient"),
    ("lateral", "medial"),
    ("less", "more"),
    ("maximum", "minimum"),
    ("overpayment", "underpayment"),
    ("participating", "nonparticipating"),
    ("primary", "secondary"),
    ("raise", "lower"),
    ("raises", "lowers"),
    ("related", "unrelated"),
    ("with", "without"),
)
NEGATIONS = frozenset("not no never without cannot non".split())

# Words that narrow a statement down: a key that is right only because of them stands out.
QUALIFIERS = frozenset(
    """
    although because before during except if including only otherwise provided specifically unless
    until when where whether while within without
    """.split()
)

# Singular words that end like plurals (after -s is cut off they would be counted as several).
SINGULAR_S = frozenset(
    """
    abscess ascites biceps caries diabetes facies forceps herpes lens mumps measles pancreas
    rabies scabies series shingles status stasis triceps uterus news basis
    """.split()
)

# Abbreviations that a candidate for these exams knows, or that no longer stand for words.
# Everything else is spelled out once: DOS, POS, ABN and MUE are exactly what learners mix up.
GLOSSARY = frozenset(
    """
    AAPC AHA AHIMA AMA CBCS CCA CCS CDC CMS CPB CPC CPT DNA DRG ECG EKG EMR EHR FDA HCPCS HHS HIPAA
    HIV HMO ICD ICU IRS IV MRI CT NCCI NCHS NHA NPI OIG PCS PDF PHI PPO RNA SSN UB UHDDS US USA
    AIDS BMI DME DO ED ER EIN ID MD OR PIN RN RVU TV VA ZIP
    """.split()
)

# What capitals may also be: emphasis on a word that is no abbreviation.
EMPHASISED = (
    STOP_WORDS
    | NEGATIVE_STEM
    | ABSOLUTE_TERMS
    | frozenset("best true wrong right yes note stat am pm po prn".split())
)
