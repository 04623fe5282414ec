"""The sums of the bench on figures that are known: medians, ratios, verdicts, and the page made of them."""

import pytest

from bench import arithmetic, measure, plot

PAGE = measure.Work("programme", "a page", run=len, times=1, target=1.0)
BARE = measure.Work("bare", "the yardstick", run=len, times=1, processes=("bare", "database"))


def sample(**cpu):
    return measure.Sample(cpu, clock=sum(cpu.values()))


@pytest.fixture
def samples():
    return {
        "programme": [sample(web=3.0, database=1.0), sample(web=9.0, database=3.0), sample(web=1.0, database=1.0)],
        "bare": [sample(bare=3.0, database=1.0), sample(bare=3.0, database=1.0), sample(bare=0.5, database=0.5)],
    }


def test_ratio_is_the_median_of_the_ratios_within_each_round(samples):
    row = arithmetic.row(PAGE, samples)

    assert row["cpu_ms"] == {"web": 3.0, "database": 1.0}
    assert (row["lowest"], row["ratio"], row["highest"]) == (1.0, 2.0, 3.0)
    assert row["verdict"] == "missed"


@pytest.mark.parametrize(
    ("ratio", "target", "at_least", "verdict"),
    [(1.0, 1.0, False, "met"), (1.1, 1.0, False, "missed"), (0.5, 0.5, True, "met"), (0.4, 0.5, True, "missed")],
)
def test_target_is_an_upper_bound_unless_it_is_a_lower_one(ratio, target, at_least, verdict):
    assert arithmetic.verdict(ratio, target, at_least=at_least) == verdict


def test_work_without_target_has_no_verdict(samples):
    assert arithmetic.row(BARE, samples)["verdict"] == arithmetic.NO_TARGET


@pytest.mark.parametrize(("percent", "value"), [(50, 10), (95, 19), (100, 20), (1, 1)])
def test_percentile_is_the_smallest_value_that_so_many_do_not_exceed(percent, value):
    assert arithmetic.percentile(range(20, 0, -1), percent) == value


def test_plot_has_a_bar_and_a_mark_of_the_target_for_each_row(samples):
    drawn = plot.bars([arithmetic.row(BARE, samples), arithmetic.row(PAGE, samples)])

    assert "2.00 (target 1)" in drawn
    assert drawn.count("<text") == 4
    assert drawn.count('width="2" height="24"') == 1
