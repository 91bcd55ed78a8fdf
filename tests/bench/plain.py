"""The yardstick of the directory: fifty accounts by the plain ORM in a plain template, on the product's own page."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from channels.models import Account

TEMPLATE = engines["django"].from_string("""{% extends "base.html" %}
{% block content %}<p>{{ page.paginator.count }}</p>
<table class="table"><tbody>{% for account in page %}
<tr><td><a href="/accounts/{{ account.pk }}/">{{ account.handle }}</a></td>
<td>{{ account.platform.name }}</td><td>{{ account.name }}</td><td>{{ account.get_status_display }}</td>
<td>{% for department in account.departments.all %}{{ department.name }} {% endfor %}</td>
<td>{% for audience in account.audiences.all %}{{ audience.name }} {% endfor %}</td>
<td>{{ account.last_post_on|default:"" }}</td></tr>{% endfor %}</tbody></table>{% endblock %}""")


def plain(request: HttpRequest) -> HttpResponse:
    """The first fifty by handle; with ?q= those whose handle or name holds it."""
    accounts = Account.objects.select_related("platform").prefetch_related("departments", "audiences")
    if text := request.GET.get("q"):
        accounts = accounts.filter(Q(handle__icontains=text) | Q(name__icontains=text))
    page = Paginator(accounts.order_by("handle_key", "pk"), 50).get_page(1)
    return HttpResponse(TEMPLATE.render({"page": page}, request))


urlpatterns = [path("bench/plain/", plain), path("", include("orgmap.urls"))]
