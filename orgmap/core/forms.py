"""How forms are drawn."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Every field of every form is drawn by one template."""

    form_template_name = "core/_form.html"
    field_template_name = "core/_field.html"
