"""Accounts that departments of Skerry & Fell would like to have."""

from orgmap.demo.records import Asked

# fmt: off
REQUESTS = (
    Asked(
        "tiktok", "skerryfell.weekends", "campaigns", "Wilf Dunn", to="leisure families day-trippers", where="region",
        says="one weekend in ninety seconds", why="there is somewhere to go on Saturday",
        why_none="skerryfellgo sells tickets; this one shows what is at the other end of the line.",
        partner="Brand studio: they film already, but only ships and trains.", admins="Wilf Dunn, Pia Rook",
        mailbox="offers", rhythm="every Thursday", hours="Thursday and Friday, 9 to 17",
        measure="tickets bought through the code of the film", target="300 a month", ago=3),
    Asked(
        "whatsapp", "skerryfellcare", "customer-care", "Maud Ferrier", to="assisted islanders", where="isles",
        says="answers on the way to the boat", serves="care-satisfied",
        why_none="Islanders without a computer reach none of them.",
        admins="Maud Ferrier, Ada Quill", mailbox="care", rhythm="when somebody writes", hours="daily, 6 to 22",
        measure="share answered within the hour", target="nine of ten", ago=12,
        stage="changes_asked", reason="Ada Quill sits elsewhere: who else holds the keys, and who answers on Sundays?"),
)
