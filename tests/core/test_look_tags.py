"""The parts of the look that templates ask for by name."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from orgmap.core.templatetags import figures, look


def drawn(source: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    return Template("{% load look figures %}" + source).render(Context({"request": request, **context})).strip()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (None, "–"),
        (0, "0\u202f%"),
        (0.001, "under\u202f1\u202f%"),
        (0.144, "14\u202f%"),
        (0.999, "over\u202f99\u202f%"),
        (1, "100\u202f%"),
    ],
)
def test_only_nothing_is_zero_percent_and_only_everything_is_a_hundred(share: float | None, said: str) -> None:
    assert figures.percent(share) == said


@pytest.mark.parametrize(
    ("share", "state"),
    [(None, "nothing"), (0, "uncovered"), (0.24, "uncovered"), (0.25, "partly"), (0.49, "partly"), (0.5, "covered")],
)
def test_coverage_runs_from_uncovered_over_partly_to_covered(share: float | None, state: str) -> None:
    assert figures.state(share) == state


def test_a_figure_sets_thousands_apart_and_bends_its_unit() -> None:
    assert words(figures.figure(12400, "follower", "followers")) == "12,400 followers"
    assert words(figures.figure(1, "follower", "followers")) == "1 follower"
    assert words(figures.figure(None, "follower", "followers")) == "– not known"


def test_a_coverage_bar_fills_its_share_and_says_it() -> None:
    bar = figures.coverage(0.25, width=80)
    assert re.findall(r'class="fill" width="([\d.]+)"', bar) == ["20.0"]
    assert words(bar) == "25\u202f% covered by an agreement".replace("\u202f", " ")


def test_nothing_shared_draws_no_bar() -> None:
    assert words(figures.coverage(None)) == "nothing shared"
    assert "svg" not in figures.coverage(None)


def test_a_sparkline_keeps_gaps_and_tells_in_words_what_it_shows() -> None:
    line = figures.sparkline([0, 10, None, 5], "From 0 to 5", width=30, height=16)
    assert re.findall(r'points="([^"]+)"', line) == ["0.0,13.0 10.0,3.0", "30.0,8.0"]
    assert re.findall(r'aria-label="([^"]+)"', line) == ["From 0 to 5"]


def test_a_label_cannot_break_out_of_a_sparkline() -> None:
    assert figures.sparkline([1, 2], '"><script>').count("<script>") == 0


def test_one_value_is_said_but_not_drawn() -> None:
    assert words(figures.sparkline([3, None], "3 in May")) == "3 in May"


def test_an_icon_alone_has_a_name_and_beside_words_has_none() -> None:
    assert 'role="img" aria-label="Remove"' in look.icon("x", "Remove")
    assert 'aria-hidden="true"' in look.icon("x")


def test_an_icon_that_is_not_in_the_sprite_is_refused_with_the_way_to_add_it() -> None:
    with pytest.raises(TemplateSyntaxError, match=r"'unicorn' is not in static/icons\.svg\. Add it"):
        look.icon("unicorn")


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    templates = Path(settings.BASE_DIR) / "templates"
    named = {
        name for file in templates.rglob("*.html") for name in re.findall(r'{% icon "([a-z0-9-]+)"', file.read_text())
    }
    assert named - look.icon_names() == {"name"}  # "name" stands in the head comment of base.html


def test_figures_say_when_they_were_computed_and_what_came_since() -> None:
    at = datetime(2026, 3, 4, 14, 3, tzinfo=UTC)
    assert words(drawn("{% as_of at 2 %}", at=at)) == "As of 14:03 on 4 March 2026 , 2 changes since"
    assert words(drawn("{% as_of at 0 %}", at=at)) == "As of 14:03 on 4 March 2026 , nothing changed since"
    assert words(drawn("{% as_of at %}", at=None)) == "Not computed yet"


def test_a_head_sorts_by_its_column_then_the_other_way_and_starts_at_the_first_page() -> None:
    head = '{% sort_header "Name" "name" %}'
    assert re.findall(r'href="([^"#]*)"', drawn(head, "/?q=a&page=3")) == ["?q=a&amp;sort=name"]
    assert re.findall(r'href="([^"#]*)"', drawn(head, "/?sort=name")) == ["?sort=-name"]
    assert re.findall(r'aria-sort="(\w+)"', drawn(head, "/?sort=-name")) == ["descending"]
    assert re.findall(r'aria-sort="(\w+)"', drawn(head, "/?sort=other")) == []


def test_pages_keep_the_filter_in_the_address() -> None:
    page = Paginator(range(120), 50).get_page(2)
    html = drawn('{% pagination page "account_table" "accounts" %}', "/?q=a&page=2", page=page)
    assert words(html) == "51 to 100 of 120 accounts Previous 1 2 3 Next"
    assert sorted(set(re.findall(r' href="([^"#]*page=\d)"', html))) == ["?q=a&amp;page=1", "?q=a&amp;page=3"]
    assert set(re.findall(r'hx-target="([^"]+)"', html)) == {"#account_table"}


def test_one_page_says_how_many_and_offers_no_others() -> None:
    page = Paginator(range(3), 50).get_page(1)
    assert words(drawn('{% pagination page "" "accounts" %}', page=page)) == "1 to 3 of 3 accounts"


class ExampleForm(forms.Form):
    handle = forms.CharField(help_text="As the platform writes it.")
    says = forms.CharField(widget=forms.Textarea, required=False)
    platform = forms.ChoiceField(choices=[("x", "X")], widget=forms.Select(attrs={"class": "wide"}))
    is_public = forms.BooleanField(required=False)
    audiences = forms.MultipleChoiceField(choices=[("c", "Customers")], widget=forms.CheckboxSelectMultiple)


def test_each_field_gets_the_dress_of_its_kind_and_keeps_its_own_classes() -> None:
    form = ExampleForm()
    dress = [re.findall(r'<(?:input|textarea|select)[^>]* class="([^"]+)"', look.control(field)) for field in form]
    assert dress == [["form-control"], ["form-control"], ["form-select wide"], ["form-check-input"], []]


def test_a_field_names_its_help_and_its_errors() -> None:
    html = str(ExampleForm({"handle": ""})["handle"].as_field_group())
    described = re.findall(r'aria-describedby="([^"]+)"', html)
    assert described == ["id_handle_helptext id_handle_error"]
    assert all(f'id="{name}"' in html for name in described[0].split())
    assert re.findall(r'aria-invalid="(\w+)"', html) == ["true"]


def test_a_group_of_boxes_is_a_fieldset_with_a_legend() -> None:
    html = str(ExampleForm()["audiences"].as_field_group())
    assert words(re.findall(r"<legend>.*</legend>", html)[0]) == "Audiences"
    assert "<label for" not in html.split("</legend>")[0]


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert "(optional)" in str(ExampleForm()["says"].as_field_group())
    assert "(optional)" not in str(ExampleForm()["handle"].as_field_group())


def test_an_address_breaks_after_its_slashes_and_stays_safe() -> None:
    assert look.by_parts("https://x.example/a<b") == "https:/<wbr>/<wbr>x.example/<wbr>a&lt;b"
    assert look.by_parts("plain") == "plain"
