"""Pages of the long lists in the admin, which cost the same however long the list is."""

from django.core.paginator import EmptyPage, Page, Paginator
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


class ChoicePaginator(Paginator):
    """For one page of a list to choose from, which shows whether there is more and not how much, so that nothing is counted."""

    def page(self, number: int) -> Page:
        """Return a page; past the end it is empty. The rows are read by primary key, so that no database sorts whole rows.

        Raises EmptyPage where no list leafs to.
        """
        start = (number - 1) * self.per_page
        if not 0 <= start < MOST_COUNTED:
            raise EmptyPage("Zo ver gaat geen lijst.")
        keys = list(self.object_list.values_list("pk", flat=True)[start : min(start + self.per_page + 1, MOST_COUNTED)])
        self.count = start + len(keys)
        by_key = self.object_list.model._default_manager.in_bulk(keys[: self.per_page])
        return Page([by_key[key] for key in keys if key in by_key], number, self)
