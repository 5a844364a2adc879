"""Who may enter where, written down once more, so that a slip in a view shows here.

`DOORS`: every endpoint with its door. A new endpoint fails the test until it stands here.
`OTHERWISE`: where somebody who is let in at the door is answered other than 200, by visitor; for
what is not theirs, 404.
"""

ANYONE, SIGNED_IN = "anyone", "signed in"
HEAD, NURSERY = "head", "carer head"
SUPERVISORS = "civil_supervisor health_supervisor"
ADMINISTRATOR = "administrator"

DOORS: dict[str, str] = {
    "healthz": ANYONE,
    "metrics": ANYONE,
    "readyz": ANYONE,
    "account.account_page": SIGNED_IN,
    "account.change_name": SIGNED_IN,
    "account.change_password": SIGNED_IN,
    "account.end_sessions": SIGNED_IN,
    "account.name_page": SIGNED_IN,
    "account.password_page": SIGNED_IN,
    "accounts.account_list": ADMINISTRATOR,
    "accounts.account_page": ADMINISTRATOR,
    "accounts.close": ADMINISTRATOR,
    "accounts.create": ADMINISTRATOR,
    "accounts.end_role": ADMINISTRATOR,
    "accounts.grant_role": ADMINISTRATOR,
    "accounts.new_page": ADMINISTRATOR,
    "accounts.reset_password": ADMINISTRATOR,
    "care_bookings.booking_calendar": SIGNED_IN,
    "care_bookings.cancel_booking": SIGNED_IN,
    "care_bookings.confirm_cancellation": SIGNED_IN,
    "care_bookings.create_booking": SIGNED_IN,
    "care_bookings.list_bookings": SIGNED_IN,
    "care_bookings.new_booking": SIGNED_IN,
    "care_bookings.show_booking": SIGNED_IN,
    "care_bookings.undo_booking": SIGNED_IN,
    "childcare.nursery_week": ANYONE,
    "childcare.who_has_a_place": ANYONE,
    "consents.withdraw": SIGNED_IN,
    "consents.withdrawal_page": SIGNED_IN,
    "desk.facility_overview": HEAD,
    "desk.today_page": "canteen_manager carer clerk courier head",
    "desk_classes.class_page": HEAD,
    "desk_classes.classes_page": HEAD,
    "desk_classes.new_class_page": HEAD,
    "desk_classes.save_cap": HEAD,
    "desk_classes.save_class": HEAD,
    "desk_classes.save_end": HEAD,
    "desk_opening.closures_page": HEAD,
    "desk_opening.lift_closure": HEAD,
    "desk_opening.save_closure": HEAD,
    "desk_opening.save_week": HEAD,
    "desk_opening.save_weekend": HEAD,
    "desk_opening.shut_weekend": HEAD,
    "desk_opening.week_page": HEAD,
    "desk_opening.weekends_page": HEAD,
    "desk_terms.contact_page": HEAD,
    "desk_terms.hours_page": HEAD,
    "desk_terms.limit_page": HEAD,
    "desk_terms.limits_page": HEAD,
    "desk_terms.prices_page": HEAD,
    "desk_terms.save_contact": HEAD,
    "desk_terms.save_hours": HEAD,
    "desk_terms.save_limit": HEAD,
    "desk_terms.save_price": HEAD,
    "facilities.facility_list": ANYONE,
    "facilities.facility_page": ANYONE,
    "families.add_child": SIGNED_IN,
    "families.asked": SIGNED_IN,
    "families.change_child": SIGNED_IN,
    "families.child": SIGNED_IN,
    "families.edit_child": SIGNED_IN,
    "families.new_child": SIGNED_IN,
    "families.people": SIGNED_IN,
    "families.reveal": SIGNED_IN,
    "guardians.confirm": SIGNED_IN,
    "guardians.decline": SIGNED_IN,
    "guardians.end": SIGNED_IN,
    "guardians.ending_page": SIGNED_IN,
    "guardians.invite": SIGNED_IN,
    "guardians.join": SIGNED_IN,
    "guardians.join_page": SIGNED_IN,
    "home.change_edition": ANYONE,
    "home.change_language": ANYONE,
    "home.family_board": SIGNED_IN,
    "home.help_page": ANYONE,
    "home.home": ANYONE,
    "home.language_page": ANYONE,
    "role.choose_role": SIGNED_IN,
    "role.role_page": SIGNED_IN,
    "sign_in.code_page": ANYONE,
    "sign_in.demo_messages": ANYONE,
    "sign_in.send_code": ANYONE,
    "sign_in.sign_in": ANYONE,
    "sign_in.sign_in_demo": ANYONE,
    "sign_in.sign_in_page": ANYONE,
    "sign_in.sign_out": ANYONE,
    "sign_in.sign_out_page": ANYONE,
    "supervision.facility_list": SUPERVISORS,
    "supervision.places_page": "health_supervisor",
    "supervision.save_filing": "health_supervisor",
    "supervision.save_places": "health_supervisor",
    "supervision.start_page": SUPERVISORS,
}

# Wang's child, and wang's booking of it: for everybody else they do not exist.
_WANGS = dict.fromkeys(("li", "chen", "zhao", "carer", "sun", "qian", "admin"), 404)
_CHENS = {"zhao": 404}  # a class of the nursery where chen works; zhao heads another
_SUNS = {"qian": 404}  # a nursery of the district that sun supervises; qian supervises another
_EVERYBODY = ("nobody", "wang", *_WANGS)

OTHERWISE: dict[str, dict[str, int]] = {
    "care_bookings.booking_calendar": _WANGS,
    "care_bookings.confirm_cancellation": _WANGS,
    "care_bookings.new_booking": dict.fromkeys(_WANGS, 422),  # they have no child to book for
    "care_bookings.show_booking": _WANGS,
    "consents.withdrawal_page": _WANGS,
    "desk_classes.class_page": _CHENS,
    "families.child": _WANGS,
    "families.edit_child": _WANGS,
    "guardians.ending_page": _WANGS,
    "sign_in.code_page": dict.fromkeys(_EVERYBODY, 303),  # no code was asked for
    "sign_in.sign_in_page": dict.fromkeys(("wang", *_WANGS), 303),  # signed in already
    "supervision.places_page": _SUNS,
}
