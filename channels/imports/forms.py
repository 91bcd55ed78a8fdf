"""What people choose when they import."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from channels.imports.headers import IGNORED
from channels.imports.reading import MOST_BYTES
from channels.imports.records import List
from channels.imports.synonyms import FIELDS
from channels.models import ImportBatch
from orgmap.core.forms import Form


class UploadForm(Form):
    """A file and what it is a list of."""

    kind = forms.ChoiceField(
        choices=ImportBatch.Kind.choices,
        label="What it lists",
        help_text="Departments first: accounts, objectives and agreements point to them.",
    )
    file = forms.FileField(
        label="File", help_text="CSV, XLSX, XLS or ODS, as it is. Nothing is written before you apply it."
    )
    sheet = forms.CharField(
        required=False, max_length=120, label="Sheet", help_text="Of a spreadsheet with several; else the likeliest."
    )

    def __init__(self, *args: Any, first: str = ImportBatch.Kind.ACCOUNTS, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["kind"] = first

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > MOST_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Split it into several files."
            )
        return file


class MappingForm(Form):
    """Which field each column is."""

    def __init__(self, *args: Any, found: List, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = [header for header in found.headers if header]
        choices = [(IGNORED, "Left out"), *((name, name.replace("_", " ")) for name in FIELDS[found.kind].names)]
        for position, header in enumerate(self.headers):
            self.fields[f"column{position}"] = forms.ChoiceField(
                choices=choices, label=header, initial=found.mapping.get(header, IGNORED), required=False
            )

    @property
    def mapping(self) -> dict[str, str]:
        """Their header to our field."""
        return {
            header: self.cleaned_data.get(f"column{position}") or IGNORED
            for position, header in enumerate(self.headers)
        }
