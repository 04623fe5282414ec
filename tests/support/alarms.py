"""deploy/prometheus/rules.yml, and which of its alarms ring for what /metrics said."""

import operator
import re
import time
from dataclasses import dataclass

import yaml

from tests.support.paths import ROOT

RULES = ROOT / "deploy" / "prometheus" / "rules.yml"
COMPARISONS = {"==": operator.eq, "<": operator.lt, ">": operator.gt}
SAMPLE = r'[a-z_]+(?:\{[a-z]+="[^"]+"\})?'
VALUE = rf"(?P<sample>{SAMPLE})(?P<until> - time\(\))?|increase\((?P<counter>{SAMPLE})\[\d+m\]\)"
EXPRESSION = re.compile(rf"(?:{VALUE}) (?P<comparison>==|<|>) (?P<limit>\d+)")
# What Prometheus itself says of a target, and its blackbox exporter.
ANSWERS = 'up{job="minamata-online"}'
CERTIFICATE = 'probe_ssl_earliest_cert_expiry{job="minamata-online-certificate"}'


@dataclass(frozen=True)
class Alarm:
    """`sample` is a name with its label, as in /metrics; of a counter its increase is compared, of a moment the time
    until then.
    """

    name: str
    sample: str
    is_increase: bool
    is_moment: bool
    comparison: str
    limit: float
    severity: str
    summary: str
    runbook: str

    def rings(self, now: dict[str, float], before: dict[str, float]) -> bool:
        """What is not among the numbers rings no alarm, as in Prometheus."""
        if self.sample not in now:
            return False
        since = before[self.sample] if self.is_increase else time.time() if self.is_moment else 0
        value = now[self.sample] - since
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
        is_moment=bool(found["until"]),
        comparison=found["comparison"],
        limit=float(found["limit"]),
        severity=rule["labels"]["severity"],
        summary=rule["annotations"]["summary"],
        runbook=rule["annotations"]["runbook"],
    )


def ringing(now, before=None) -> set[str]:
    """The names of the alarms, for two dicts as `tests.faults.probing.metrics` gives them."""
    return {alarm.name for alarm in read() if alarm.rings({ANSWERS: 1} | now, before or now)}
