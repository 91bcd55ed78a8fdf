"""Which of two records of one account is kept by default: the better one, whichever way round they are named."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from channels.keeping import Standing, better, to_keep
from channels.models import Metric
from channels.worklist.fixing import merging
from orgmap.reports.views.what_if import better_kept
from orgmap.reports.whatif.steps import Merge
from tests import build

DAY, LATER = date(2026, 7, 1), date(2026, 11, 25)


@pytest.mark.parametrize(
    ("poor", "good"),
    [
        (Standing(1, runs=False, said=9), Standing(2)),
        (Standing(1, said=1, last_post_on=LATER), Standing(2, said=7, last_post_on=DAY)),
        (Standing(1, last_post_on=DAY, followers=900), Standing(2, last_post_on=LATER)),
        (Standing(1, followers=10, has_owner=True), Standing(2, followers=11)),
        (Standing(1, last_attested_on=LATER), Standing(2, has_owner=True)),
        (Standing(1, last_attested_on=DAY), Standing(2, last_attested_on=LATER)),
        (Standing(2), Standing(1)),
    ],
)
def test_the_better_of_two_records_is_kept_whichever_comes_first(poor: Standing, good: Standing) -> None:
    assert (better(poor, good), better(good, poor)) == (good, good)


@pytest.mark.django_db
def test_the_way_from_a_finding_to_the_merge_keeps_the_complete_account_that_posts(client: Client) -> None:
    poor = build.account("SkerryFellCareer", last_post_on=DAY)
    good = build.account("SkerryFellCareers", last_post_on=LATER, says="vacancies", contact="jobs@acme.example")
    Metric.objects.create(account=poor, on=DAY, value=900)
    assert (to_keep(poor.pk, good.pk), to_keep(good.pk, poor.pk)) == (good.pk, good.pk)
    client.force_login(build.user("lead"))
    for subject, other in ((poor, good), (good, poor)):
        others = [{"id": other.pk, "name": other.handle}]
        finding = build.finding("look-alike", account=subject, detail={"others": others, "count": 1})
        fix = merging(finding)
        assert fix.url is not None
        page = client.get(fix.url, follow=True)
        assert (page.context["kept"], page.context["account"]) == (good, poor)
        finding.delete()
    chosen = client.get(reverse("channels:account_merge", args=[good.pk]), {"kept": poor.pk})
    assert chosen.context["kept"] == poor


@pytest.mark.django_db
def test_what_if_proposes_the_way_round_that_the_merge_page_takes() -> None:
    poor = build.account("careers1", last_post_on=DAY)
    good = build.account("careers", last_post_on=LATER, says="vacancies")
    assert better_kept([(good.pk, poor.pk), (poor.pk, good.pk)]) == [Merge(gone=poor.pk, kept=good.pk)]
    one, two = build.account("help1"), build.account("help")
    assert better_kept([(one.pk, two.pk)]) == [Merge(gone=one.pk, kept=two.pk)]
