"""The views that users' queries rest on: their names and columns, in order."""

from __future__ import annotations

from typing import Final

_EVENT: Final = (
    "event_id",
    "date",
    "date_settled",
    "date_precision",
    "type",
    "form",
    "status",
    "place",
    "countries",
    "actors",
    "recipients",
    "quote",
    "title",
    "published_on",
    "source_id",
    "url",
    "report_count",
)


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


VIEWS: Final[dict[str, tuple[str, ...]]] = {
    "v_events": _EVENT,
    "v_meetings": (*_EVENT, "level"),
    "v_figures": _names(
        "value unit qualifier measure stage nature period_start period_end subject_country partner_country"
        " words title published_on release_id"
    ),
    "v_topic_daily": _names("day topic releases events"),
    "v_country_pairs": _names("country_a country_b month type events settled"),
    "v_office_holders": _names("person office office_level country first_seen_on last_seen_on releases"),
    "v_source_freshness": _names(
        "source_id name last_success_at last_new_at usual_interval_hours overdue_hours"
        " consecutive_failures last_error state"
    ),
    "v_coverage": _names("source_id country language month releases annotated diplomatic events"),
    "v_citation": _names("event_id release_id publisher title published_on url revision quote content_hash"),
    "v_participants": _names("event_id entity_id name kind role function country office"),
    "v_event_links": _names(
        "event_id date date_settled form status name relation other_event_id other_date"
        " other_date_settled other_form other_status other_name basis"
    ),
}
