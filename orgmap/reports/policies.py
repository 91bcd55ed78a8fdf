"""Who may read and publish reports."""

import rules

from orgmap.users.policies import is_lead, is_signed_in

rules.add_perm("reports", is_lead)
rules.add_perm("reports.view_report", is_signed_in)
rules.add_perm("reports.publish_report", is_lead)
for name in ("policy", "intendedoverlap"):
    for action in ("view", "add", "change"):
        rules.add_perm(f"reports.{action}_{name}", is_lead)
