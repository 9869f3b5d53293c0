"""Mail that goes out: `queue` writes it down, `compose` makes its text, `delivery` sends it."""
