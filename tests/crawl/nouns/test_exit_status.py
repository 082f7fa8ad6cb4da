"""Which reasons for the end of a crawl are faults."""

from newscrawl.crawl.nouns.exit_status import ExitStatus, end_fault


def test_an_intended_end_is_no_fault_and_others_are() -> None:
    assert end_fault("finished") is end_fault("closespider_timeout") is end_fault("closespider_itemcount") is None
    for reason in ("shutdown", "memusage_exceeded", "closespider_errorcount", "cancelled", None):
        fault = end_fault(reason)
        assert fault is not None and fault[0] is ExitStatus.INTERRUPTED
    fault = end_fault("start_error")
    assert fault is not None and fault[0] is ExitStatus.NOT_STARTED
