"""The site as a WSGI application, for waitress, gunicorn and `flask --app wsgi`."""

import gc

from ylyx_site.app import create_app

app = create_app()
gc.collect()
gc.freeze()  # what is there now stays: not looked at again, so that forked workers share it
