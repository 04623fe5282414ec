"""From samples to rows of the table: medians, and ratios within a round, so that a busy moment counts for both."""

from statistics import median

MET, MISSED, NO_TARGET = "met", "missed", "–"


def row(work, samples) -> dict:
    own, others = samples[work.name], samples[work.against]
    ratios = [each.all_cpu / other.all_cpu for each, other in zip(own, others, strict=True)]
    ratio = median(ratios)
    return {
        "name": work.name,
        "what": work.what,
        "cpu_ms": {name: median(sample.cpu[name] for sample in own) for name in work.processes},
        "clock_ms": median(sample.clock for sample in own),
        "against": work.against,
        "ratio": ratio,
        "lowest": min(ratios),
        "highest": max(ratios),
        "target": work.target,
        "verdict": verdict(ratio, work.target),
    }


def verdict(ratio, target, *, at_least=False) -> str:
    if target is None:
        return NO_TARGET
    holds = ratio >= target if at_least else ratio <= target
    return MET if holds else MISSED


def percentile(values, percent) -> float:
    """The smallest value that so many percent of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
