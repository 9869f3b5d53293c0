"""A bar chart as SVG, written by hand: readable in light and dark, no library."""

from html import escape

WIDTH, LEFT, RIGHT, STEP, TOP = 760, 300, 90, 34, 64
STYLE = """
  text { font: 14px system-ui, sans-serif; fill: #26302a }
  .title { font-weight: 600; font-size: 16px } .note { fill: #5b665f; font-size: 12px }
  .bar { fill: #8fa396 } .ours { fill: #2f7d4f } .goal { stroke: #b4541a; stroke-width: 2; stroke-dasharray: 5 4 }
  .goal-text { fill: #b4541a }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #161b18 } text { fill: #e6ebe7 } .note { fill: #a3b0a8 }
    .bar { fill: #5f7267 } .ours { fill: #5fbd86 } .goal { stroke: #f0a06a }
    .goal-text { fill: #f0a06a }
  }
"""


def draw_bars(title: str, note: str, bars: list[tuple[str, float, bool]], *, goal: float, goal_text: str) -> str:
    """Return an SVG of horizontal bars (name, value, whether it is ours) with a dashed line at `goal`."""
    height = TOP + STEP * len(bars) + 34
    scale = (WIDTH - LEFT - RIGHT) / max(goal, *(value for _, value, _ in bars))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{height}" rx="8" fill="#fbfaf6"/>',
        f'<text class="title" x="20" y="28">{escape(title)}</text><text class="note" x="20" y="48">{escape(note)}</text>',
    ]
    for place, (name, value, ours) in enumerate(bars):
        y = TOP + STEP * place
        lines += [
            f'<text x="{LEFT - 10}" y="{y + 18}" text-anchor="end">{escape(name)}</text>',
            f'<rect class="{"ours" if ours else "bar"}" x="{LEFT}" y="{y + 2}" width="{value * scale:.1f}" height="24" rx="3"/>',
            f'<text x="{LEFT + value * scale + 8:.1f}" y="{y + 18}">{value:.0f} µs</text>',
        ]
    x, bottom = LEFT + goal * scale, TOP + STEP * len(bars)
    lines += [
        f'<line class="goal" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 4}" y2="{bottom + 4}"/>',
        f'<text class="note goal-text" x="{x:.1f}" y="{bottom + 20}" text-anchor="middle">{escape(goal_text)}</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"
