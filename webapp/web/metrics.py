"""Numbers about messages and phones for Prometheus: sums and states, never names or content."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from webapp.domain.deliveries import DELAYS_SECONDS, Standing, Total

KINDS = ("way", "outcome")


@dataclass(frozen=True, eq=False)
class Numbers(Collector):
    """What was counted and how the sending stands, as they are at one instant."""

    totals: Sequence[Total]
    standing: Standing
    long_waits: int
    now: datetime

    def collect(self) -> Iterator[Metric]:
        """Give every number, each with its meaning."""
        yield self._ended()
        yield self._delays()
        yield CounterMetricFamily(
            "mon_rythme_long_waits",
            "Forms that phones kept for more than 15 minutes; anew each year.",
            value=self.long_waits,
        )
        yield from (_gauge(*each) for each in self._states())
        if self.standing.beat_at:
            age = (self.now - self.standing.beat_at).total_seconds()
            yield _gauge("heartbeat_age_seconds", "Since a reminders process was alive.", age)

    def _ended(self) -> Metric:
        family = CounterMetricFamily(
            "mon_rythme_messages", "Messages by way and outcome; anew each year.", labels=KINDS
        )
        for kind, counts in _by_kind(self.totals).items():
            family.add_metric(kind, sum(counts.values()))
        return family

    def _delays(self) -> Metric:
        family = HistogramMetricFamily(
            "mon_rythme_delay_seconds",
            "From due to taken by the service, of those that it accepted.",
            labels=KINDS[:1],
        )
        accepted = (each for each in self.totals if each.outcome == "accepted")
        for (way, _outcome), counts in _by_kind(accepted).items():
            family.add_metric((way,), _buckets(counts), sum_value=None)
        return family

    def _states(self) -> Iterator[tuple[str, str, float]]:
        state = self.standing
        waited = state.waits_since_seconds(self.now)
        yield "messages_late", "Messages that wait though their turn has come.", state.late
        yield "oldest_late_seconds", "How long the first of these has waited.", waited
        yield "phones", "Phones that get messages.", state.phones
        yield "services_refusing", "Push services that refuse our key.", state.refusing
        yield "people_unreached", "People who want reminders, 48 hours without.", state.unreached


def text(numbers: Numbers, accepted: str) -> tuple[bytes, str]:
    """Return the numbers as text, and of which kind it is: whatever the asker accepts."""
    registry = CollectorRegistry()
    registry.register(numbers)
    write, kind = choose_encoder(accepted)
    return write(registry), kind


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"mon_rythme_{name}", meaning, value=value)


def _by_kind(totals: Iterable[Total]) -> dict[tuple[str, str], dict[int, int]]:
    """Return the counts by way and outcome, each by the seconds within which they came."""
    kinds: dict[tuple[str, str], dict[int, int]] = {}
    for each in totals:
        kinds.setdefault((each.way, each.outcome), {})[each.within_seconds] = each.count
    return kinds


def _buckets(counts: dict[int, int]) -> list[tuple[str, float]]:
    """Return what came within each limit, the smaller ones included, and all at the end."""
    within = [
        (str(limit), float(sum(counts.get(each, 0) for each in DELAYS_SECONDS if each <= limit)))
        for limit in DELAYS_SECONDS
    ]
    return [*within, ("+Inf", float(sum(counts.values())))]
