"""How a value is spread in; a plot of it, in units of a view box and in words, out."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.stages.publish.figures import Distribution


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a plot, in units of its view box; ``label`` says in words what it counts."""

    x: int
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A distribution as a plot: what it shows, in words, its bars, and its ends."""

    title: str
    caption: str
    summary: str
    bars: tuple[Bar, ...]
    low: str
    high: str


def plotted(distribution: Distribution, title: str, caption: str, digits: int) -> Plot:
    """Draw a distribution; its ends have so many decimals."""
    highest = max(distribution.counts)
    width = (distribution.high - distribution.low) / len(distribution.counts)
    bars = []
    for place, count in enumerate(distribution.counts):
        low = distribution.low + place * width
        ends = f"{number(low, 2)} to {number(low + width, 2)}"
        bars.append(Bar(place, round(100 * count / highest, 1), f"{ends}: {count}"))
    outside = f", {distribution.outside} beyond its ends" if distribution.outside else ""
    summary = f"{sum(distribution.counts)} values{outside}; median {number(distribution.median)}"
    low_end, high_end = (number(end, digits) for end in (distribution.low, distribution.high))
    return Plot(title, caption, summary, tuple(bars), low_end, high_end)


def number(value: float, digits: int = 2) -> str:
    """Set a number as the pages do."""
    return f"{value:.{digits}f}".replace("-", "−")
