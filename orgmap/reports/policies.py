"""Who may read and publish reports."""

import rules

from departments.policies import answers_for
from orgmap.users.policies import is_executive, is_lead, is_signed_in

rules.add_perm("reports", is_lead)
rules.add_perm("reports.view_report", is_signed_in)
rules.add_perm("reports.publish_report", is_lead)
rules.add_perm("reports.open_shared", is_lead | is_executive)
rules.add_perm("reports.intend_overlap", is_lead | answers_for)
for name in ("policy", "intendedoverlap"):
    for action in ("view", "add", "change"):
        rules.add_perm(f"reports.{action}_{name}", is_lead)
