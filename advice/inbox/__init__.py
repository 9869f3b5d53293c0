"""Mail that comes in: `fetch` stores it, `reading` reads it, `matching` finds its request, `receiving` puts it there."""
