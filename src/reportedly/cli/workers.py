"""Inputs -> findings, in the order of input, here or in worker processes."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reportedly.model import Findings, Options, Report
    from reportedly.readers import Reading


class Input(NamedTuple):
    """One input on its way: a reading, then its findings; or an outcome (known, removed); or a fault in words."""

    name: str
    reading: "Reading | None" = None
    findings: "Findings | None" = None
    outcome: str | None = None
    fault: str | None = None


def analysed(inputs: Iterable[Input], options: "Options", jobs: int) -> Iterator[Input]:
    """Each input that still needs it with its findings, or with what went wrong; the others pass through."""
    if jobs > 1:
        yield from _in_processes(inputs, options, jobs)
        return
    for each in inputs:
        yield _filled(each, analyse_one(each.reading.report, options)) if _is_open(each) and each.reading else each


def analyse_one(report: "Report", options: "Options") -> "Findings | str":
    """The findings, or what went wrong: one report that cannot be analysed must not stop the others."""
    from reportedly.pipeline import analyse

    try:
        return analyse(report, options)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        return f"{type(error).__name__}: {error}"


def _in_processes(inputs: Iterable[Input], options: "Options", jobs: int) -> Iterator[Input]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    waiting: deque[tuple[Input, Future[Findings | str] | None]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for each in inputs:
            open_one = each.reading if _is_open(each) else None
            waiting.append((each, pool.submit(analyse_one, open_one.report, options) if open_one else None))
            if len(waiting) >= jobs * AHEAD:
                yield _awaited(*waiting.popleft())
        while waiting:
            yield _awaited(*waiting.popleft())


def _awaited(each: Input, future: "Future[Findings | str] | None") -> Input:
    return _filled(each, future.result()) if future else each


def _filled(each: Input, result: "Findings | str") -> Input:
    if isinstance(result, str):
        fault = f"{each.name}: could not be analysed ({result}); it was not kept; run with --debug and report it"
        return each._replace(fault=fault)
    return each._replace(findings=result)


def _is_open(each: Input) -> bool:
    return each.reading is not None and each.outcome is None and each.fault is None


AHEAD = 4  # reports in work per process: enough to keep it busy, few enough to hold in memory
