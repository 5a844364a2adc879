"""Pages of the queue: the family's, the public's, the desk's."""

from ylyx_site.waiting.views.answers import pages as answers
from ylyx_site.waiting.views.desk import pages as desk
from ylyx_site.waiting.views.family import pages as family
from ylyx_site.waiting.views.joining import pages as joining
from ylyx_site.waiting.views.public import pages as public
from ylyx_site.waiting.views.queues import set_up
from ylyx_site.waiting.views.ruling import pages as ruling

__all__ = ["answers", "desk", "family", "joining", "public", "ruling", "set_up"]
