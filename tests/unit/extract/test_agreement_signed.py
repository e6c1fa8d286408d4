"""Agreements that are known by where they were signed, by a title, by a court, by a name before a small head."""

from __future__ import annotations

import pytest

from tests.unit.extract.naming import read


def surfaces(text: str) -> set[str]:
    """All surfaces of the agreements of a text."""
    return {m.surface for m in read(text).mentions if m.entity_id.startswith("agreement:")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He recalled the peace agreement signed in Lima on 19 April.",
         {"peace agreement", "peace agreement signed in Lima", "peace agreement signed in Lima on 19 April"}),
        ("They act on the negotiating framework adopted in July 2022.",
         {"negotiating framework", "negotiating framework adopted in July 2022"}),
        ("He recalled the Joint Statement adopted at the Velka Summit.",
         {"Joint Statement", "Joint Statement adopted at the Velka Summit"}),
        ('Peru voted for the resolution "Necessity of ending the blockade of ports".',
         {"Necessity of ending the blockade of ports", 'resolution "Necessity of ending the blockade of ports"'}),
        ("It follows the Advisory Opinion of the International Court of Justice of July 2024.",
         {"Advisory Opinion of the International Court of Justice",
          "Advisory Opinion of the International Court of Justice of July 2024"}),
        ("The ministers signed an action plan on horticulture.", {"action plan on horticulture"}),
        ("The ministers signed the plan of consultations between the two ministries for 2025-2026.",
         {"plan of consultations", "plan of consultations between the two ministries",
          "plan of consultations between the two ministries for 2025-2026"}),
        ("All parties joined the National Unity accord.", {"National Unity accord"}),
        ("Aid goes out under the BRAVA arrangement.", {"BRAVA arrangement"}),
        ("It rests on the status agreement which Peru and Chile signed in Lima.", {"status agreement"}),
        ("The Exchange of Notes had been signed in Lima.", {"Exchange of Notes"}),
        ("They signed a memorandum against money laundering.", {"memorandum against money laundering"}),
        ("They signed an agreement for cooperation between the two parliaments.",
         {"agreement for cooperation", "agreement for cooperation between the two parliaments"}),
        ("It rests on the memorandum of understanding that Peru and Chile signed in Lima.",
         {"memorandum of understanding"}),
        ("They drew charts for their maritime boundary agreement.", {"maritime boundary agreement"}),
        ("It replaces the treaty of friendship and trust.", {"treaty of friendship and trust"}),
        ("The Assembly ratified the protocol of accession to NATO.", {"protocol of accession to NATO"}),
        ("They ratified the Agreement on Mobility between the States of the Velka Community (VLC).",
         {"Agreement on Mobility", "Agreement on Mobility between the States of the Velka Community",
          "Agreement on Mobility between the States of the Velka Community (VLC)"}),
        ("It breaks the agreement of 2005 on long-stay visas.",
         {"agreement of 2005", "agreement of 2005 on long-stay visas"}),
        ("They adopted the 16th package of restrictive measures against Russia.",
         {"16th package of restrictive measures", "16th package of restrictive measures against Russia"}),
        ("They recalled UN Security Council Resolutions 550 (1984) and 789 (1992).",
         {"UN Security Council Resolutions 550 (1984) and 789 (1992)"}),
        ("They cited WHA Resolution 25.1 today.", {"WHA Resolution 25.1"}),
        ("They debated draft decision CD/2060 today.", {"draft decision CD/2060"}),
        ("Recalling Communiqué PSC/PR/COMM.1168 (2023) of the Council.", {"Communiqué PSC/PR/COMM.1168 (2023)"}),
    ],
)  # fmt: skip
def test_what_makes_an_agreement_names_it(text, expected):
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He welcomed the agreement signed in Lima on 19 April.",
        "An order of the International Court of Justice is binding.",
        'The ministry made public a press statement "War will be answered".',
        "They discussed an action plan on horticulture.",
        "He criticised the British agreement.",
    ],
)
def test_what_only_speaks_of_one_is_none(text):
    assert not surfaces(text)
