"""Forms of families, one file a noun."""

from ylyx_site.families.forms.children import (
    ChildChangeForm,
    ChildForm,
    EndingForm,
    JoinForm,
    PressForm,
    ReadNumberForm,
    WithdrawalForm,
)
from ylyx_site.families.forms.eating import AddressForm, DietForm
from ylyx_site.families.forms.elders import (
    AgreementForm,
    BindingForm,
    ElderForm,
    EndingCodeForm,
    ErasureForm,
    PhoneForm,
    SelfForm,
)

__all__ = [
    "AddressForm",
    "AgreementForm",
    "BindingForm",
    "ChildChangeForm",
    "ChildForm",
    "DietForm",
    "ElderForm",
    "EndingCodeForm",
    "EndingForm",
    "ErasureForm",
    "JoinForm",
    "PhoneForm",
    "PressForm",
    "ReadNumberForm",
    "SelfForm",
    "WithdrawalForm",
]
