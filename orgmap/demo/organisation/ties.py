"""What the departments of Skerry & Fell have agreed, what they only meant to, and one overlap that they want.

The agreement that is missing stands here as a proposal: marketing has asked customer care, and nobody has answered.
"""

from orgmap.demo.records import Intended, Tie

# fmt: off
TIES = (
    Tie(
        "storm-desk", "working_group", "Storm desk",
        "When the wind is over 30 knots the four sit on one call every hour. Island ferries decides about boats and "
        "Fell Line control about trains; the help desk writes one text, which all use unchanged; the press office "
        "answers newsrooms with that text. Nobody posts a time that control has not said.",
        "island-ferries fell-line help-desk press-office", objectives="ten-minutes", since=280, until=85,
        works_on="ten-minutes", lead="island-ferries", sponsor="skerry-and-fell"),
    Tie(
        "task-force", "working_group", "Social media task force",
        "Everybody with a desk meets on the first Monday of the month to exchange views. Minutes are on the shared "
        "drive.",
        "corporate-affairs brand-studio campaigns web-and-app holidays traveller-insight help-desk human-resources "
        "staff-news press-office community it-and-data", since=420, until=210, lead="corporate-affairs",
        sponsor="skerry-and-fell"),
    Tie(
        "summer-timetable", "working_group", "Summer timetable group",
        "One text for the new timetable, ready six weeks before it starts; each side checks its own trains and boats.",
        "campaigns help-desk web-and-app fell-line", audiences="commuters leisure", platforms="facebook x", since=330,
        until=-38, lead="campaigns"),
    Tie(
        "apprentices", "working_group", "Apprentices wanted",
        "The school films, human resources publishes and answers applicants, workshops and boats each open their "
        "gates on one Saturday a month. One film a week, and never the same on two accounts.",
        "human-resources apprentice-school workshops island-ferries", objectives="apprentices-wanted", since=220,
        until=120, works_on="apprentices-wanted", lead="apprentice-school", sponsor="skerry-and-fell"),

    Tie(
        "steam-weekends", "hand_off", "Steam weekends",
        "Heritage trains names the engine ten days ahead; holidays sells the bed, community asks the neighbours about "
        "smoke and noise first; Fell Line control keeps two paths free on Sundays.",
        "heritage holidays community fell-line", audiences="enthusiasts day-trippers families holiday-planners",
        since=200, until=100),
    Tie(
        "care-marketing", "hand_off", "Questions under offers go to the help desk",
        "Proposed: who asks under an offer where their train is gets the help desk's answer within 20 minutes, under "
        "the same post; campaigns names the offer's small print to the help desk a day before it starts. No account "
        "of the two says anything about delays but the help desk's.", "campaigns help-desk", audiences="customers",
        platforms="facebook x instagram", since=None, until=185, status="proposed", answers="accepted waiting"),
    Tie(
        "trains-to-care", "hand_off", "Trains: control tells, care answers",
        "Fell Line control and the stations say what happens; whoever asks something back is answered by Customer "
        "care within the hour, on the account where they asked.",
        "fell-line stations customer-care help-desk assisted-travel",
        audiences="commuters leisure families neighbours assisted", since=190, until=140),
    Tie(
        "boats-to-care", "hand_off", "Boats: the bridge tells, care answers",
        "Island ferries writes what sails. Questions about tickets, cars and refunds are answered by the help desk on "
        "the same account; questions about weather by the bridge.", "island-ferries customer-care help-desk ferries",
        audiences="islanders leisure families commuters", since=240, until=160),
    Tie(
        "found-at-stations", "hand_off", "Found at the station",
        "A picture of each found thing goes to Lost property before the station closes. Stations post none themselves.",
        "stations lost-property help-desk", audiences="commuters leisure", platforms="facebook instagram x", since=260,
        until=60),
    Tie(
        "freight-boats", "hand_off", "Cargo questions",
        "Who asks a ship about a parcel hears from Freight within two hours; Freight never promises a sailing.",
        "island-ferries freight", audiences="freight-customers growers islanders", since=170, until=200),
    Tie(
        "connections", "hand_off", "The train waits for the boat",
        "Connections at Port Maren are announced by whoever is late, word for word on both sides.",
        "fell-line island-ferries railway ferries", audiences="commuters islanders leisure day-trippers", since=300,
        until=90),
    Tie(
        "app-refused", "hand_off", "Answers to reviews of the app",
        "Proposed: the help desk answers all reviews in the app stores.", "web-and-app help-desk",
        audiences="commuters leisure", since=None, until=120, status="declined", answers="accepted declined",
        reason="We can't mend an app, so our answers would be apologies. Web and app should answer; we will send "
        "them what we hear."),

    Tie(
        "offers-on-rails", "liaison", "What is on offer, on trains and boats",
        "Pia Rook tells both control rooms which offer starts when, and how many people it may bring.",
        "campaigns fell-line island-ferries stations", audiences="commuters leisure families", contact="Pia Rook",
        since=100, until=80),
    Tie(
        "schools", "liaison", "One visit, one letter to a school",
        "Marigold Hay keeps the calendar of all visits to schools; whoever wants to visit one asks her first.",
        "community apprentice-school railway", audiences="schools", contact="Marigold Hay", since=150, until=215),
    Tie(
        "coaches-ended", "liaison", "Coaches that meet the boat",
        "Tour coaches told Island ferries how many seats wait at the pier.", "tour-coaches island-ferries",
        audiences="leisure", contact="Runa Strand", since=900, until=-410, status="ended",
        reason="Tour coaches closed."),
)

INTENDED = (
    Intended(
        "railway", "ferries",
        "One journey, a train and a boat: travellers should hear of it on both sides, in each side's own words. "
        "Connections are agreed; the rest may overlap.", 170),
)
