"""People, bonds, consents, and what is kept about elders, as rows."""

from ylyx_site.families.models.elders import ElderProfile, ElderRequest, PersonAddress
from ylyx_site.families.models.people import (
    Bond,
    Consent,
    GuardianInvitation,
    Person,
    PersonGroup,
    random_id,
)

__all__ = [
    "Bond",
    "Consent",
    "ElderProfile",
    "ElderRequest",
    "GuardianInvitation",
    "Person",
    "PersonAddress",
    "PersonGroup",
    "random_id",
]
