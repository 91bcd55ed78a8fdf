"""Accounts that nobody answers for: their department is closed, or nobody remembers."""

from orgmap.demo.records import Account

# fmt: off
ACCOUNTS = (
    Account("https://www.facebook.com/SkerryFellCoaches", "tour-coaches", "Skerry & Fell Tour coaches", to="leisure",
            where="region", followers=5400, post=415, opened=3300, keys=0, contact="",
            notes="People still ask here where the coach leaves."),
    Account("https://www.instagram.com/skerryfell.coaches/", "tour-coaches", "Tour coaches", to="leisure",
            where="region", followers=1900, post=420, keys=0, status="dormant", contact=""),
    Account("https://www.facebook.com/groups/SkerryFellCoaches", "tour-coaches", "Skerry & Fell Tour coaches",
            followers=60, opened=3000, keys=0, contact="", notes="The same name once more, as a group."),
    Account("https://plus.google.com/+SkerryFellCoaches", "tour-coaches", "Tour coaches", to="leisure", followers=870,
            opened=3600, keys=0, contact=""),

    Account("https://github.com/skerryfell-lab", "digital-lab", "Skerry & Fell Lab", says="experiments", followers=95,
            post=240, opened=1200, keys=0, contact=""),

    Account("https://x.com/askthegull", "", "Ask the gull", followers=1020, post=640, opened=2000, keys=0, contact="",
            notes="Answers by itself. Nobody knows who switched it on."),
    Account("https://www.instagram.com/portmaren.express/", "", "Port Maren Express", followers=2600, post=58,
            opened=1000, keys=0, contact="", notes="Uses our gull. Ours, or an admirer's?"),
)
