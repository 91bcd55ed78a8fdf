"""What every answer to HTMX has in common."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import patch_vary_headers


def htmx_answers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tell caches that HTMX gets another answer; send a signed-out person to the sign-in page, not into a fragment."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        if (
            request.headers.get("HX-Request") == "true"
            and response.status_code == 302
            and not request.user.is_authenticated
        ):
            location = response["Location"]
            response = HttpResponse(status=204)
            response["HX-Redirect"] = location
        return response

    return middleware


NUL = "\x00"


def without_nuls(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Take out of what was sent the one character that is no text and that the database refuses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        for name in ("GET", "POST"):
            sent: QueryDict = getattr(request, name)
            if any(NUL in value for values in sent.lists() for value in values[1]):
                clean = QueryDict(mutable=True)
                for key, values in sent.lists():
                    clean.setlist(key, [value.replace(NUL, "") for value in values])
                setattr(request, name, clean)
        return get_response(request)

    return middleware
