"""What a page costs: `make bench` measures it and writes docs/performance.md."""
