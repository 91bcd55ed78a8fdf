"""Recognition over the real lists that the product must read: counts are equalities, judged by hand."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from channels.platforms import FURTHER, platform_of_label, recognise

LISTS = Path(__file__).resolve().parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(not LISTS.is_dir(), reason="The real lists are not beside this checkout.")


def read(name: str) -> list[dict[str, str]]:
    """The rows of one list."""
    with (LISTS / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_address_of_the_department_of_commerce_is_recognised() -> None:
    rows = read("commerce_accounts.csv")
    found = [recognise(row["url"], row["service"]) for row in rows]
    assert Counter((one.platform, one.kind) for one in found) == COMMERCE
    assert [one.input for one in found if one.contradicts_label] == []


def test_the_account_column_of_the_department_of_commerce_agrees() -> None:
    """The registry"s own column is empty for 51 rows and plainly wrong for four."""
    differs = {}
    for row in read("commerce_accounts.csv"):
        stated, handle = row["account"].strip().lstrip("+"), recognise(row["url"]).handle
        if stated and handle and stated.casefold() != handle.casefold():
            differs[row["url"]] = (stated, handle)
    assert differs == {
        "https://www.facebook.com/usnistgov/": ("4nist", "usnistgov"),
        "https://www.instagram.com/noaa.education/": ("noaa", "noaa.education"),
        "https://www.youtube.com/channel/UCSwf8bGblNsD288wY0w4Rzw": ("channel", "UCSwf8bGblNsD288wY0w4Rzw"),
        "https://www.youtube.com/channel/UCMYDOA7vb4N_fJvfQ-wAbSg": ("channel", "UCMYDOA7vb4N_fJvfQ-wAbSg"),
    }


def test_every_address_of_new_york_city_is_recognised() -> None:
    rows = read("nyc_social_media_sample.csv")
    found = [recognise(row["Url"], row["Platform"], more=FURTHER) for row in rows]
    assert Counter((one.platform, one.kind) for one in found) == NEW_YORK
    assert [one.input for one in found if one.contradicts_label] == []


def test_every_label_of_new_york_city_means_a_platform() -> None:
    labels = {row["Platform"] for row in read("nyc_social_media_sample.csv")}
    assert {label: platform_of_label(label, more=FURTHER) for label in labels} == {
        "Android": "android_app",
        "Broadcastr": "broadcastr",
        "Facebook": "facebook",
        "Flickr": "flickr",
        "Foursquare": "foursquare",
        "Instagram": "instagram",
        "Linked-In": "linkedin",
        "Newsletter": "newsletter",
        "Pinterest": "pinterest",
        "SMS": "sms",
        "Tumblr": "tumblr",
        "Twitter": "x",
        "Vimeo": "vimeo",
        "WordPress": "wordpress",
        "YouTube": "youtube",
        "iPhone App": "iphone_app",
        "iPhone app": "iphone_app",
    }


COMMERCE = {
    ("x", "profile"): 160,
    ("facebook", "profile"): 149,
    ("youtube", "custom"): 36,
    ("flickr", "profile"): 11,
    ("instagram", "profile"): 11,
    ("github", "profile"): 10,
    ("linkedin", "company"): 9,
    ("youtube", "user"): 5,
    ("pinterest", "profile"): 4,
    ("linkedin", "showcase"): 3,
    (None, "website"): 3,
    ("google_plus", "profile"): 2,
    ("linkedin", "group"): 2,
    ("medium", "profile"): 2,
    ("youtube", "channel"): 2,
    ("tumblr", "profile"): 1,
}
NEW_YORK = {
    ("x", "profile"): 125,
    ("facebook", "profile"): 105,
    ("tumblr", "profile"): 40,
    ("youtube", "custom"): 40,
    ("flickr", "profile"): 30,
    ("iphone_app", "app"): 25,
    (None, "unknown"): 25,
    ("linkedin", "company"): 20,
    ("android_app", "not_an_account"): 10,
    ("foursquare", "profile"): 10,
    ("foursquare", "user_id"): 10,
    ("wordpress", "profile"): 10,
    ("youtube", "user"): 10,
    ("broadcastr", "not_an_account"): 5,
    ("flickr", "group"): 5,
    ("instagram", "profile"): 5,
    ("iphone_app", "not_an_account"): 5,
    ("linkedin", "group"): 5,
    ("pinterest", "profile"): 5,
    ("sms", "profile"): 5,
    ("vimeo", "profile"): 5,
    ("wordpress", "own_domain"): 5,
}
