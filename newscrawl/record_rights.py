"""The `rights` field of a record: from `newscrawl.article.Rights`, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newscrawl.article import License, Rights, RslLicense, UsageStatement
from newscrawl.moments import moment_of, utc_text
from newscrawl.rights import reserved

__all__ = ["rights_field", "rights_of"]


def rights_field(rights: Rights | None) -> dict[str, Any] | None:
    """The field's value: when rights were observed, which purposes are reserved, and whatever the publisher stated."""
    if rights is None:
        return None
    signals_by_purpose = reserved(rights)
    tdm = {"reservation": rights.tdm_reserved, "policy": rights.tdm_policy, "source": rights.tdm_source}
    stated = {
        "robots": list(rights.robots),
        "unavailableAfter": utc_text(rights.unavailable_after),
        "tdm": tdm if rights.tdm_source else None,
        "contentUsage": [_usage_field(statement) for statement in rights.content_usage],
        "contentSignal": [_usage_field(statement) for statement in rights.content_signal],
        "rsl": [_rsl_field(rsl) for rsl in rights.rsl],
        "license": [{"source": one.source, "url": one.url, "name": one.name} for one in rights.licenses],
        "copyrightHolder": rights.copyright_holder,
        "copyrightYear": rights.copyright_year,
        "copyrightNotice": rights.copyright_notice,
        "usageInfo": rights.usage_info,
        "acquireLicensePage": rights.acquire_license_page,
    }
    return {
        "observedAt": utc_text(rights.observed_at),
        "reserved": list(signals_by_purpose),
        "reservedBy": [f"{purpose}: {signal}" for purpose, signals in signals_by_purpose.items() for signal in signals],
        **{name: value for name, value in stated.items() if value},
    }


def rights_of(made: Mapping[str, Any]) -> Rights | None:
    """The rights stored in a record; None if it has none."""
    field = made.get("rights")
    if not isinstance(field, Mapping):
        return None
    observed_at, until, tdm = field.get("observedAt"), field.get("unavailableAfter"), field.get("tdm") or {}
    return Rights(
        observed_at=moment_of(observed_at) if observed_at else None,
        robots=tuple(field.get("robots", ())),
        unavailable_after=moment_of(until) if until else None,
        tdm_reserved=tdm.get("reservation"),
        tdm_policy=tdm.get("policy"),
        tdm_source=tdm.get("source"),
        content_usage=tuple(map(_usage_statement, field.get("contentUsage", ()))),
        content_signal=tuple(map(_usage_statement, field.get("contentSignal", ()))),
        rsl=tuple(map(_rsl_license, field.get("rsl", ()))),
        licenses=tuple(License(one["source"], one["url"], one["name"]) for one in field.get("license", ())),
        copyright_holder=field.get("copyrightHolder"),
        copyright_year=field.get("copyrightYear"),
        copyright_notice=field.get("copyrightNotice"),
        usage_info=field.get("usageInfo"),
        acquire_license_page=field.get("acquireLicensePage"),
    )


def _usage_field(statement: UsageStatement) -> dict[str, Any]:
    preferences = [{"category": category, "allowed": allowed} for category, allowed in statement.preferences]
    return {"source": statement.source, "raw": statement.raw, "preferences": preferences}


def _usage_statement(field: Mapping[str, Any]) -> UsageStatement:
    preferences = tuple((preference["category"], preference["allowed"]) for preference in field["preferences"])
    return UsageStatement(field["source"], field["raw"], preferences)


def _rsl_field(rsl: RslLicense) -> dict[str, Any]:
    return {
        "source": rsl.source,
        "url": rsl.url,
        "permits": list(rsl.permits),
        "prohibits": list(rsl.prohibits),
        "payment": rsl.payment,
    }


def _rsl_license(field: Mapping[str, Any]) -> RslLicense:
    permits, prohibits = tuple(field["permits"]), tuple(field["prohibits"])
    return RslLicense(field["source"], field["url"], permits, prohibits, field["payment"])
