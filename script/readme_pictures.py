"""Draw the pictures of the README from a running `script/server`: `.venv/bin/python -m script.readme_pictures`.

Its address may follow, when it is not http://localhost:8000. Somebody signs up for the rehearsal season on the way.
"""

import re
import shutil
import sys
import time
from email import message_from_binary_file, policy
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES, MAILS = ROOT / "docs/pictures", ROOT / "var/mail"
SEASON = "rehearsal"
OWN_PAGE = re.compile(r"https?://\S+/my/[^/\s]+/(?=\s)")
MAIL_SECONDS = 60
PHONE = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 1.25}
DESK = {"viewport": {"width": 1280, "height": 860}}


def main(site: str):
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        save(browser, PHONE, f"{site}/seasons/{SEASON}/", "season.png")
        save(browser, DESK, own_page(browser, site), "my-season.png")
        browser.close()


def save(browser, screen, address: str, name: str):
    page = opened(browser, screen, address)
    page.screenshot(path=PICTURES / name)
    page.close()


def opened(browser, screen, address: str):
    page = browser.new_page(timezone_id="Africa/Nairobi", locale="en", **screen)
    page.goto(address)
    page.locator("html:not(.awaits-clock)").wait_for()
    return page


def own_page(browser, site: str) -> str:
    """Signs somebody up for the sessions of one stream, and reads the mail that comes."""
    known = set(MAILS.glob("*.eml"))
    page = opened(browser, DESK, f"{site}/sign-up/{SEASON}/")
    page.locator("input[name=all]").nth(1).check()
    page.get_by_label("Your name").fill("Amina Otieno")
    page.get_by_label("E-mail", exact=True).fill(f"amina.{int(time.time())}@example.org")
    page.get_by_label("Country or area").select_option(label="Kenya")
    page.get_by_label("I represent").select_option("party")
    page.get_by_label("I agree").check()
    # Who sends the form sooner is taken for a robot.
    page.wait_for_timeout(4000)
    page.get_by_role("button", name="Sign me up").click()
    page.get_by_role("heading", name="Check your mail").wait_for()
    page.close()
    return address_in(first_new(known))


def first_new(known) -> Path:
    until = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < until:
        if new := sorted(set(MAILS.glob("*.eml")) - known):
            return new[0]
        time.sleep(1)
    sys.exit(f"No mail came to {MAILS}. Is script/server running, and is it the one of this folder?")


def address_in(mail: Path) -> str:
    with mail.open("rb") as octets:
        text = message_from_binary_file(octets, policy=policy.default).get_body(("plain",)).get_content()
    return OWN_PAGE.search(text)[0]


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else "http://localhost:8000")
