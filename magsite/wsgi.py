import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "magsite.settings")

django = get_wsgi_application()

from magsite.generation import read_generation  # noqa: E402  (settings must be loaded first)
from magsite.log_privacy import quieten_server  # noqa: E402
from magsite.pages import PublishedPages  # noqa: E402

quieten_server()
application = PublishedPages(django, read_generation=read_generation)
