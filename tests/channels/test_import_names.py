"""What a list leaves to the address: the account's name, and what its figure is."""

from datetime import date

import pytest

from channels.imports.apply import import_content
from channels.models import Account, Metric
from channels.platforms.names import name_in
from tests import build


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://www.facebook.com/pages/New-York-City-311/84372567650", "New York City 311"),
        ("https://m.facebook.com/pages/category/Bank/Caf%C3%A9-Acme/84372567650?ref=ts", "Café Acme"),
        ("https://www.facebook.com/people/Ann-Lee/100064843725676/", "Ann Lee"),
        ("https://www.facebook.com/p/Acme-Boats-100064843725676/", "Acme Boats"),
        ("http://itunes.apple.com/us/app/nyc-311/id324897619?mt=8", "Nyc 311"),
        ("https://apps.apple.com/app/id324897619", ""),
        ("https://www.facebook.com/pages/123/84372567650", ""),
        ("https://www.facebook.com/nyc311", ""),
        ("@acme", ""),
    ],
)
def test_the_name_in_an_address(address: str, name: str) -> None:
    assert name_in(address) == name


@pytest.mark.django_db
def test_an_account_takes_the_name_in_its_address_where_the_list_and_the_map_have_none() -> None:
    page = "https://www.facebook.com/pages/New-York-City-311/84372567650"
    build.department("NYC311")

    def run(content: str) -> bool:
        done = import_content(content.encode(), kind="accounts", filename="a.csv", by=None, today=date(2026, 5, 1))
        return done.batch is not None

    assert run(f"URL,Department\n{page},NYC311\n")
    assert Account.objects.values_list("handle", "name").get() == ("84372567650", "New York City 311")
    assert not run(f"URL,Department\n{page},NYC311\n")
    Account.objects.update(name="By hand")
    assert not run(f"URL,Department\n{page},NYC311\n")
    Account.objects.update(name="")
    assert run(f"URL,Department\n{page},NYC311\n")
    assert Account.objects.get().name == "New York City 311"


@pytest.mark.django_db
def test_a_figure_of_a_column_for_several_is_what_its_platform_counts() -> None:
    build.department("DOT")
    head = "Agency,Url,Date Sampled,Likes/Followers/Visits/Downloads\n"
    addresses = (
        "https://itunes.apple.com/us/app/nyc-311/id324897619",
        "https://acme.wordpress.com/",
        "https://x.com/acme",
    )
    rows = "".join(f"DOT,{address},2011-08-08,350\n" for address in addresses)
    import_content((head + rows).encode(), kind="metrics", filename="a.csv", by=None, today=date(2026, 5, 1))
    assert dict(Metric.objects.values_list("account__platform__code", "name")) == {
        "iphone_app": "downloads",
        "wordpress": "visits",
        "x": "followers",
    }
