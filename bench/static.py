"""WhiteNoise around the smallest app: the article page as a static file, with its gzip beside it."""

import os

from whitenoise import WhiteNoise

from bench.smallest import application as smallest

application = WhiteNoise(smallest, root=os.environ["BENCH_FOLDER"])
