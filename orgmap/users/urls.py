"""A person's own page and notices."""

from django.urls import path

from orgmap.users import views

app_name = "users"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("notices/", views.notice_list, name="notice_list"),
    path("notices/read/", views.notice_read, name="notice_read"),
    path("notices/<int:pk>/", views.notice_open, name="notice_open"),
    path("dev/mail/", views.mail_list, name="mail_list"),
    path("dev/mail/<slug:name>/", views.mail_detail, name="mail_detail"),
]
