"""Instruments that are named by a number: resolutions, decisions, decrees, executive orders, licences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from streams.extract.agreement_days import dated
from streams.extract.agreement_tails import tail_ends
from streams.extract.organizations import Named
from streams.extract.units import Units

BODY: Final = (
    r"(?:(?:(?:UN|U\.N\.|United Nations|EU|European Union|African Union|AU|Arab League|OIC|Human Rights|Governing|IAEA|Board of Governors)\s+)?"
    r"(?:Security Council|General Assembly|Human Rights Council|Economic and Social Council|Council|Parliament|Board of Governors)\s+"
    r"|(?:[A-Z]{2,8}\s+)?(?:Ministerial|Permanent) Council\s+"
    r"|(?:UN|UNGA|UNSC|UNHRC|ECOSOC|U\.N\.|United Nations|Council|Commission|Cabinet|Presidential|Executive|Legislative|Royal|Supreme|Ministerial|Government|Federal|Implementing|Joint|[A-Z]{2,8})\s+)?"
)
NUMBER: Final = (
    r"(?:\s*\((?:[“\"]?E\.?O\.?[”\"]?|EU|EC|CFSP|Euratom|GL)\))*\s+(?:(?:No|Nos|Nr)\.?\s*|№\s*|n[°º]\s*)?(?:\(\d+\)(?=\s+of\s+\d{4})|"
    r"(?:[A-Z]{1,4}[/-])?\d(?:[\dA-Z/.-]*\d)?[A-Z]?\b(?:[/-][A-Z]{2,8}\b)*(?:\s?\((?:[12]\d{3}|[IVXLC]+|[A-Z]-[IVXLC]+)\))?)"
)
FURTHER: Final = (
    r"(?:(?:,\s\d{3,4}(?:\s\(\d{4}\))?)*,?\sand\s(?:\d{3,4}\b(?:\s\(\d{4}\))?|\d{1,2}\s\(\d{4}\)))?"
)
NUMBERED: Final = re.compile(
    rf"\b(?:{BODY}[Rr]esolutions?{NUMBER}{FURTHER}|{BODY}Decisions{NUMBER}{FURTHER}|{BODY}(?:Decree|Decree-Law|Decision|Regulation|Directive|Ordinance|Proclamation){NUMBER}"
    rf"|(?:Public\s|Federal\s)?Law\s(?:No\.?\s*|№\s*|n[°º]\s*)\d[\d/-]*(?:(?<=-)[A-Z]{{1,3}}\b)?|{BODY}Decree\s+\(\d+/\d+\)|(?:Presidential\s+)?Executive\s+[Oo]rders?{NUMBER}|(?:[A-Z]\w+\s+)?General\s+Licen[sc]e{NUMBER}|\b(?:E\.O\.|EO)\s\d{{5}}"
    r"|[Dd]raft (?:resolution|decision) (?:[A-Z]+/)[\w/.-]*\w|[Cc]ommuniqu[ée]\s\[?[A-Z]+/\w+/COMM\.[\d.]*\d(?:\s\(\d{4}\))?\]?"
    r"|UNSCR\s\d{3,4}(?:/\d{4}|\s\(\d{4}\))?|(?:[Rr]esolution of the (?:UN |United Nations )?(?:General Assembly|Security Council) )?\b[AS]/(?:RES|HRC/RES)/[\w/.-]*\w"
    rf"|{BODY}[Rr]esolution\s[AS]/(?:RES|HRC|ES|C\.\d)[/-][\w/.-]*\w)"
)
# What every such name holds; a branch of plain words each, which is fast to look for.
CUE: Final = re.compile(
    r"Resolution|resolution|Decree|Decision|Regulation|Directive|Ordinance|Proclamation|Law\s|Executive\s|General\s+Licen"
    r"|E\.O\.|EO\s|UNSCR|Draft |draft |ommuniqu|RES/|HRC/"
)
BEGINS: Final = re.compile(r"\b[A-Zrdc]")
LONGEST_LEAD: Final = 80  # characters, from where a name begins to its cue: "Human Rights Council resolution"


def _names(text: str) -> Iterator[re.Match[str]]:
    """What `NUMBERED` finds: it is tried only at the words before a cue."""
    done = 0
    for cue in CUE.finditer(text):
        begins = BEGINS.finditer(text, max(done, cue.start() - LONGEST_LEAD), cue.end())
        if match := next(filter(None, (NUMBERED.match(text, b.start()) for b in begins)), None):
            done = match.end()
            yield match


def find_numbered(u: Units) -> list[Named]:
    """All instruments with a number, and their longer names with a date: "Decree No. 5 of 1 May 2024"."""
    found = []
    for match in _names(u.text):
        first = bisect_left(u.starts, match.start())
        last = bisect_left(u.ends, match.end()) + 1
        if first >= len(u.starts) or u.starts[first] != match.start() or u.ends[last - 1] != match.end():
            continue
        kind = "initiative" if u.lows[first] in {"law", "public", "federal"} else "agreement"  # "Law No. 114"
        found.append(Named(first, last, kind, f"{kind}.number"))
        ends = [end for end in [dated(u, last)] if end > last] or (
            tail_ends(u, last, parties=False) if u.lows[last] in {"on", "concerning"} else []
        )
        found += (Named(first, end, kind, f"{kind}.tail") for end in ends)
    return found
