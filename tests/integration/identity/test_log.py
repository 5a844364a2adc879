"""What a real process writes to its log while people sign in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask

from tests.makers import an_account
from ylyx_site.shared.db import transaction

PHONE, CODE, PASSWORD = "13800000001", "424242", "a-planted-password"
SIGNING_IN = f"""
import secrets
from ylyx_site.app import create_app
from ylyx_site.identity import passwords
secrets.randbelow = lambda most: {CODE}
def breaks(password, hashed): raise RuntimeError("broken on purpose")
app = create_app()
app.config["PREFERRED_URL_SCHEME"] = "https"
client = app.test_client()
client.environ_base["HTTP_REFERER"] = "https://localhost/sign-in"
page = client.get("/sign-in").text
token = page.split('name="csrf_token" value="')[1].split('"')[0]
def send(address, **data):
    data |= {{"phone": "{PHONE}", "csrf_token": token}}
    print(client.post(address, data=data).status_code)
send("/sign-in", password="{PASSWORD}")
send("/sign-in/code")
send("/sign-in", code="000000")
passwords.matches = breaks
send("/sign-in", password="{PASSWORD}")
"""


@pytest.mark.slow
def test_log_of_production_holds_no_number_code_or_password(sqlite_app: Flask, root: Path) -> None:
    with transaction() as session:
        an_account(session, PHONE)
    settings = {
        "YLYX_MODE": "production",
        "YLYX_DATABASE_URL": sqlite_app.config["SQLALCHEMY_DATABASE_URI"],
        "YLYX_SECRET_KEY": "a-secret-for-tests-only-0123456789",
        "YLYX_DATA_KEYS": Fernet.generate_key().decode(),
        "YLYX_TRUSTED_HOSTS": "localhost",
    }
    run = subprocess.run(  # noqa: S603 our own interpreter and our own script
        [sys.executable, "-c", SIGNING_IN],
        cwd=root, env=os.environ | settings, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.split() == ["422", "303", "422", "500"]
    assert ("code sent" in run.stderr, "broken on purpose" in run.stderr) == (True, True)
    planted = [PHONE, CODE, PASSWORD, settings["YLYX_SECRET_KEY"], settings["YLYX_DATA_KEYS"]]
    assert [mark for mark in planted if mark in run.stderr] == []
