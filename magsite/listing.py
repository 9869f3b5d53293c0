"""Pages of the long lists in the admin, which cost the same however long the list is."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST_COUNTED = 1_000  # rows that a list counts and leafs through; what lies behind them is found by searching


class BoundedPaginator(Paginator):
    """Counts at most 1,000 rows. `is_more` says that there are more, which no page shows."""

    @cached_property
    def _counted(self) -> int:
        rows = self.object_list.order_by() if hasattr(self.object_list, "order_by") else self.object_list
        found = rows[: MOST_COUNTED + 1]
        return found.count() if hasattr(found, "query") else len(found)

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_COUNTED)

    @cached_property
    def is_more(self) -> bool:
        return self._counted > MOST_COUNTED
