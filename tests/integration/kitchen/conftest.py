"""The hall of serving, seen from the kitchen."""

from tests.integration.serving.conftest import chen, hall, noon  # noqa: F401 fixtures
