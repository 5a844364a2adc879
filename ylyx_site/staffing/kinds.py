"""Words of the duty roster. Pure."""

import enum
from collections.abc import Mapping

from ylyx_site.shared.refusals import N_


class Job(enum.StrEnum):
    """What somebody of a nursery is there for; only 保育人员 ever count for the ratio."""

    CARER = "carer"
    HEAD = "head"
    NURSE = "nurse"
    COOK = "cook"
    GUARD = "guard"
    OTHER = "other"


class CertificateKind(enum.StrEnum):
    """Papers of somebody who works with children."""

    HEALTH = "health"
    CARER = "carer"
    TEACHER = "teacher"
    FIRST_AID = "first_aid"
    OTHER = "other"


class ShiftKind(enum.StrEnum):
    """What somebody does in the time of a shift; only duty counts for the ratio."""

    DUTY = "duty"
    TRAINING = "training"
    LEAVE = "leave"


JOBS: Mapping[Job, str] = {
    Job.CARER: N_("保育人员"),
    Job.HEAD: N_("负责人"),
    Job.NURSE: N_("保健员"),
    Job.COOK: N_("炊事员"),
    Job.GUARD: N_("保安员"),
    Job.OTHER: N_("其他人员"),
}

CERTIFICATES: Mapping[CertificateKind, str] = {
    CertificateKind.HEALTH: N_("健康证"),
    CertificateKind.CARER: N_("保育师（育婴员）证"),
    CertificateKind.TEACHER: N_("教师资格证"),
    CertificateKind.FIRST_AID: N_("急救培训证"),
    CertificateKind.OTHER: N_("其他证件"),
}

SHIFTS: Mapping[ShiftKind, str] = {
    ShiftKind.DUTY: N_("当班"),
    ShiftKind.TRAINING: N_("培训"),
    ShiftKind.LEAVE: N_("请假"),
}
