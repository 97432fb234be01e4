"""What the web server loads in each of its processes; everything a first request needs is loaded here."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from motcua.config.process import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
application = get_wsgi_application()
get_resolver().check()
if os.environ.get("MOTCUA_SERVED"):
    # A session of its own: Ctrl-C reaches the parent alone, which then asks us to stop. Asked twice, granian hangs.
    os.setsid()
    end_with_parent(int(os.environ["MOTCUA_SERVED"]))
