"""The site as a WSGI application, for waitress, gunicorn and `flask --app wsgi`."""

from ylyx_site.app import create_app

app = create_app()
