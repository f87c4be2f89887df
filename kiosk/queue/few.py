"""Groups of so few people that one might be recognised are put together with others; pure."""

from collections.abc import Mapping

OTHER = "other"
"""Where those go who are too few by themselves."""


def put_together(sizes: Mapping[str, int], fewest: int) -> dict[str, str]:
    """For each group the one it is told under: itself, or OTHER.

    Where OTHER would be too few, the smallest group that is large enough joins them: else what
    is left out could be told from the sum.
    """
    told = {
        name: OTHER if name == OTHER or 0 < size < fewest else name for name, size in sizes.items()
    }
    if 0 < sum(sizes[name] for name in told if told[name] == OTHER) < fewest:
        large = [name for name in sizes if told[name] != OTHER and sizes[name]]
        if large:
            told[min(large, key=lambda name: sizes[name])] = OTHER
    return told
