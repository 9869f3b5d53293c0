"""One row per way of serving: rounds in which everybody has a turn, and the medians over them."""

from dataclasses import dataclass, field
from statistics import median

from bench.cores import find_workers, read_cpu_seconds, read_rss
from bench.load import Load, ask
from bench.servers import Server


@dataclass
class Peer:
    """One way of serving: who answers, what is asked, and what every round cost."""

    name: str
    server: Server
    path: str
    headers: dict[str, str]
    loads: list[Load] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)  # microseconds of CPU per request, one per round
    rss: float = 0.0  # megabytes


@dataclass(frozen=True)
class Row:
    """The medians over all rounds. `ratio` is the median of the ratios to the first peer in the same round."""

    name: str
    cpu: float
    lowest: float
    highest: float
    ratio: float
    rate: float
    p50: float
    p99: float
    rss: float


def run_round(peers: list[Peer], *, seconds: int) -> None:
    """Give every peer a turn and add what it cost."""
    for peer in peers:
        workers = find_workers(peer.server.pid)
        before = read_cpu_seconds(workers)
        load = ask(peer.server.url + peer.path, peer.headers, seconds=seconds)
        peer.costs.append((read_cpu_seconds(workers) - before) / load.requests * 1e6)
        peer.loads.append(load)
        peer.rss = read_rss(workers)


def make_rows(peers: list[Peer]) -> list[Row]:
    smallest = peers[0].costs
    return [
        Row(
            name=peer.name,
            cpu=median(peer.costs),
            lowest=min(peer.costs),
            highest=max(peer.costs),
            ratio=median(cost / base for cost, base in zip(peer.costs, smallest, strict=True)),
            rate=median(load.requests / load.seconds for load in peer.loads),
            p50=median(load.p50 for load in peer.loads),
            p99=median(load.p99 for load in peer.loads),
            rss=peer.rss,
        )
        for peer in peers
    ]
