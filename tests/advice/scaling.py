"""Does the work on a hostile text grow with its length, or with the square of it?"""

import time
from collections.abc import Callable


def check_linear(call: Callable[[str], object], piece: str, *, short: int = 2_500, times: int = 8) -> None:
    """Fail when what `call` costs on a repeated piece of text grows faster than the text.

    Two lengths are compared with each other, in one moment on one machine, by the processor's time and not by the clock: eight
    times the text may cost eight times as much, where quadratic work would cost sixty-four times. The bound lies between.
    """
    allowed = 3 * times * max(_spent(call, piece, short), 1e-4)
    assert _spent(call, piece, short * times) <= allowed, f"{piece!r} repeated costs more than its length"


def _spent(call: Callable[[str], object], piece: str, length: int) -> float:
    """Return the least of three measurements, in seconds of the processor."""
    text = (piece * (length // len(piece) + 1))[:length]
    found = []
    for _ in range(3):
        start = time.process_time()
        call(text)
        found.append(time.process_time() - start)
    return min(found)
