"""Lists of some ten thousand rows, in which a search has to read every title."""

from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet

MOST_FOUND = 1_001  # rows that a search keeps: one more than a list counts, so that it can say that there are more


class SearchedList(ChangeList):
    """A list that reads through its rows once for a search; counting and showing then go by primary key."""

    def get_queryset(self, request, **kwargs) -> QuerySet:
        found = super().get_queryset(request, **kwargs)
        if not self.query:
            return self.narrow(found)
        keys = list(found.values_list("pk", flat=True)[:MOST_FOUND])
        rows = self.apply_select_related(self.root_queryset.filter(pk__in=keys))
        return self.narrow(rows.order_by(*found.query.order_by))

    def narrow(self, found: QuerySet) -> QuerySet:
        """Return the rows with the columns that the list shows."""
        return found
