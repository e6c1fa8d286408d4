"""The views on real databases: the columns of the contract, the same rows from both, and what they mean."""

from __future__ import annotations

from typing import Any

import pytest

from services.database import query
from services.database.views import VIEWS
from services.settings import Settings


def ask(settings: Settings, sql: str, **values: Any) -> list[dict]:
    with query.ask(settings, sql, values) as answer:
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@pytest.mark.parametrize("view", VIEWS)
def test_view_has_the_columns_of_the_contract_and_the_same_rows_on_both(both, view):
    said = {}
    for kind, settings in both.items():
        with query.ask(settings, f"SELECT * FROM {view}") as answer:
            assert answer.columns == VIEWS[view]
            # Hours pass between the two questions.
            at = VIEWS[view].index("overdue_hours") if view == "v_source_freshness" else None
            said[kind] = sorted(repr(tuple(v for i, v in enumerate(row) if i != at)) for row in answer.rows)
    assert said["sqlite"] == said["postgresql"]
    assert said["sqlite"]


def test_an_event_is_one_row_with_canonical_names(filled):
    (row,) = ask(filled, "SELECT * FROM v_events WHERE event_id = 'e-meet'")
    assert row["actors"] == "Aleška Simkić; Roman Vassilenko"
    assert row["countries"] == "EU; KAZ"
    assert row["recipients"] is None
    assert (row["date"], row["date_settled"]) == ("2025-05-05", True)
    assert row["report_count"] == 2


def test_the_quote_comes_from_the_report_that_settles_the_date(filled):
    (row,) = ask(filled, "SELECT quote, title, source_id FROM v_events WHERE event_id = 'e-meet'")
    assert row["quote"] == "Vassilenko met the EU Ambassador"
    assert row["source_id"] == "kz-mfa"


def test_a_stand_in_day_is_marked(filled):
    (row,) = ask(filled, "SELECT date, date_settled FROM v_events WHERE event_id = 'e-sanction'")
    assert row == {"date": "2025-05-20", "date_settled": False}


def test_level_is_the_highest_office_that_is_held(filled):
    levels = {r["event_id"]: r["level"] for r in ask(filled, "SELECT event_id, level FROM v_meetings")}
    assert levels["e-meet"] == "deputy_minister"
    assert levels["e-summit"] is None


def test_country_pairs_leave_out_plans_and_months_that_are_not_known(filled):
    rows = ask(filled, "SELECT * FROM v_country_pairs WHERE country_a = 'EU' AND country_b = 'KAZ'")
    assert {(r["month"], r["type"], r["events"], r["settled"]) for r in rows} == {
        ("2025-05", "CONSULT", 1, 1),
        ("2025-04", "CONSULT", 1, 1),
        (None, "CONSULT", 1, 1),
    }
    (hit,) = ask(filled, "SELECT * FROM v_country_pairs WHERE country_b = 'RUS' AND type = 'SANCTION'")
    assert (hit["country_a"], hit["events"], hit["settled"]) == ("EU", 1, 0)


def test_office_holders_are_canonical_and_leave_out_the_former(filled):
    rows = ask(filled, "SELECT * FROM v_office_holders ORDER BY person")
    assert [(r["person"], r["office"], r["releases"]) for r in rows] == [
        ("Aleška Simkić", "Ambassador", 1),
        ("Roman Vassilenko", "Deputy Minister of Foreign Affairs", 2),
    ]
    assert (rows[1]["first_seen_on"], rows[1]["last_seen_on"]) == ("2025-05-05", "2025-05-06")


def test_topics_of_a_day_count_releases_and_events_apart(filled):
    rows = {(r["day"], r["topic"]): r for r in ask(filled, "SELECT * FROM v_topic_daily")}
    assert (rows["2025-05-05", "trade"]["releases"], rows["2025-05-05", "trade"]["events"]) == (1, 1)
    assert (rows["2025-05-06", "trade"]["releases"], rows["2025-05-06", "trade"]["events"]) == (0, 1)
    assert rows[None, "protocol"]["releases"] == 1


def test_coverage_shows_the_undated_and_the_unannotated(filled):
    rows = {(r["source_id"], r["month"], r["language"]): r for r in ask(filled, "SELECT * FROM v_coverage")}
    assert rows["kz-mfa", None, "en"]["events"] == 2
    turkish = rows["kz-mfa", "2025-05", "tr"]
    assert (turkish["releases"], turkish["annotated"], turkish["diplomatic"]) == (1, 0, 0)


def test_freshness_tells_the_failing_from_the_silent_and_the_disabled(filled):
    rows = {r["source_id"]: r for r in ask(filled, "SELECT * FROM v_source_freshness")}
    assert {key: row["state"] for key, row in rows.items()} == {
        "kz-mfa": "silent",
        "eu": "failing",
        "off": "disabled",
        "files": "disabled",
        "seeds": "disabled",
    }
    assert rows["kz-mfa"]["usual_interval_hours"] == 576
    assert rows["kz-mfa"]["overdue_hours"] > 0


def test_a_citation_names_the_issuer_or_the_source(filled):
    rows = {r["release_id"]: r for r in ask(filled, "SELECT * FROM v_citation WHERE event_id = 'e-meet'")}
    assert rows["r1"]["publisher"] == "Ministry of Foreign Affairs of Kazakhstan"
    assert rows["r2"]["publisher"] == "EEAS"
    assert rows["r2"]["revision"] == 2


def test_linked_events_stand_together(filled):
    rows = ask(filled, "SELECT * FROM v_event_links WHERE relation = 'fulfils'")
    assert [(r["name"], r["other_name"], r["other_status"]) for r in rows] == [
        ("Central Asia-EU Summit", "First Central Asia-EU Summit", "planned")
    ]
