"""The name of a view of the directory."""

from django import forms

from orgmap.core.forms import Form


class ViewForm(Form):
    name = forms.CharField(max_length=60, label="Name", help_text="For example: without owner, in Leeds.")
    is_shared = forms.BooleanField(required=False, label="Everybody sees it")
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
