"""The word that somebody meant who made a typing error. Pure."""

from collections.abc import Iterable

SHORTEST = 4  # letters; a shorter word is as near to too many others
LONG = 8  # letters; from here on two errors may be meant well


def distance(one: str, other: str, *, most: int) -> int:
    """Return how many letters were left out, added, changed or traded with their neighbour; `most` + 1 when that is more.

    The optimal string alignment distance, https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, against in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def errors_allowed(word: str) -> int:
    """Return how many typing errors a word of this length may hold."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < LONG else 2


def nearest(word: str, candidates: Iterable[tuple[str, int]], *, most: int) -> str | None:
    """Return the nearest of `candidates` (word, in how many entries) within `most` errors; of equals the one found most often.

    The first letter is seldom wrong: a word that starts the same is nearer.
    """
    measured = [(distance(word, other, most=most), other[:1] != word[:1], -count, other) for other, count in candidates]
    best = min(measured, default=None)
    return best[3] if best and best[0] <= most else None
