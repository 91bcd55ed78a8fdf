"""Who holds the keys of an account: named, corrected, released."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from channels import doors, services
from channels.forms import HolderForm
from channels.models import Account, Holder
from channels.views.account_detail import crumbs
from channels.views.account_word import PANEL, changed
from orgmap.core import edit_form, htmx
from orgmap.core.edit_form import refuse
from orgmap.users.requests import Request


@require_http_methods(["GET", "POST"])
def account_holder_new(request: Request, pk: int) -> HttpResponse:
    """Name somebody who holds the keys."""
    account = doors.editable_account(request.user, pk)
    form = HolderForm(request.POST or None, initial={"is_primary": not account.holders.filter(left_on=None).exists()})
    if request.method == "POST" and form.is_valid():
        try:
            said = {name: value for name, value in form.cleaned_data.items() if name != "opened"}
            services.add_holder(by=request.user, account=account, **said)
        except ValidationError as refusal:
            refuse(form, refusal)
        except services.HoldsAlready as refusal:
            form.add_error("name", str(refusal))
        else:
            return changed(request, doors.visible_account(request.user, pk), "holders", "Saved.")
    return shown(request, account, form, None)


@require_http_methods(["GET", "POST"])
def account_holder(request: Request, pk: int, holder: int) -> HttpResponse:
    """Correct what is said about a holder."""
    account = doors.editable_account(request.user, pk)
    person = doors.holder(account, holder)
    form = HolderForm(request.POST or None, instance=person)

    def write(record: Holder, changes: dict[str, object]) -> Holder:
        return services.change_holder(by=request.user, holder=record, **form.linked(changes))

    if request.method == "POST" and edit_form.save(form, Holder.objects.all(), write):
        return changed(request, doors.visible_account(request.user, pk), "holders", f"Saved. {form.said}".strip())
    return shown(request, account, form, doors.holder(account, holder))


@require_POST
def account_holder_release(request: Request, pk: int, holder: int) -> HttpResponse:
    """Somebody no longer holds the keys."""
    account = doors.editable_account(request.user, pk)
    person = services.release_holder(by=request.user, holder=doors.holder(account, holder), on=localdate())
    told = f"{person} no longer holds the keys. Change them on {account.platform} too."
    return changed(request, doors.visible_account(request.user, pk), "holders", told)


def shown(request: Request, account: Account, form: HolderForm, person: Holder | None) -> HttpResponse:
    context = {"account": account, "form": form, "holder": person, "word": "holders", "crumbs": crumbs(account)}
    return htmx.form(request, "channels/account_word.html", context, fragment=PANEL)
