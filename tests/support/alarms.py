"""deploy/prometheus/rules.yml, and which of its alarms ring for what /metrics said."""

import operator
import re
from dataclasses import dataclass

import yaml

from tests.support.paths import ROOT

RULES = ROOT / "deploy" / "prometheus" / "rules.yml"
COMPARISONS = {"==": operator.eq, "<": operator.lt, ">": operator.gt}
SAMPLE = r'[a-z_]+(?:\{[a-z]+="[^"]+"\})?'
EXPRESSION = re.compile(
    rf"(?P<value>(?P<sample>{SAMPLE})|increase\((?P<counter>{SAMPLE})\[\d+m\]\)) (?P<comparison>==|<|>) (?P<limit>\d+)"
)
# What Prometheus itself says of a target.
ANSWERS = 'up{job="minamata-online"}'


@dataclass(frozen=True)
class Alarm:
    """`sample` is a name with its label, as in /metrics; of a counter, its increase is compared."""

    name: str
    sample: str
    is_increase: bool
    comparison: str
    limit: float
    severity: str
    summary: str
    runbook: str

    def rings(self, now: dict[str, float], before: dict[str, float]) -> bool:
        """What is not among the numbers rings no alarm, as in Prometheus."""
        if self.sample not in now:
            return False
        value = now[self.sample] - before[self.sample] if self.is_increase else now[self.sample]
        return COMPARISONS[self.comparison](value, self.limit)


def read() -> list[Alarm]:
    [group] = yaml.safe_load(RULES.read_text())["groups"]
    return [_alarm(rule) for rule in group["rules"]]


def _alarm(rule) -> Alarm:
    found = EXPRESSION.fullmatch(rule["expr"])
    assert found, f"no comparison of one number with a limit: {rule['expr']}"
    return Alarm(
        name=rule["alert"],
        sample=found["sample"] or found["counter"],
        is_increase=bool(found["counter"]),
        comparison=found["comparison"],
        limit=float(found["limit"]),
        severity=rule["labels"]["severity"],
        summary=rule["annotations"]["summary"],
        runbook=rule["annotations"]["runbook"],
    )


def ringing(now, before=None) -> set[str]:
    """The names of the alarms, for two dicts as `tests.faults.probing.metrics` gives them."""
    return {alarm.name for alarm in read() if alarm.rings({ANSWERS: 1} | now, before or now)}
