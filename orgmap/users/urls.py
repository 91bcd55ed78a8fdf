"""A person's own page."""

from django.urls import path

from orgmap.users import views

app_name = "users"
urlpatterns = [path("me/", views.me, name="me")]
