"""Objectives of customer care and of marketing: the same people, pursued from two ends."""

from orgmap.demo.records import Objective

# fmt: off
OBJECTIVES = (
    Objective("answer-in-public", "Answer in public within 20 minutes, so that the next traveller finds the answer",
              "B08", "help-desk", to="commuters islanders leisure", where="region",
              measure="median time to a first answer", unit="minutes", figures=(95, 20, 31), since=300, until=65),
    Objective("fewer-calls", "Lower the calls on bad-weather days by a third", "B14", "help-desk",
              to="commuters islanders", where="region", measure="calls on a day with cancellations", unit="calls",
              figures=(2400, 1600, 1890), since=300, until=65),

    Objective("care-satisfied", "Nine of ten who complained would travel with us again", "B13", "customer-care",
              to="customers", where="region", measure="would travel again, of those who complained", unit="%",
              figures=(71, 90, 79), since=340, until=25),

    Objective("tuba", "Bring back two of three things that people lose", "B10", "lost-property", to="commuters leisure",
              where="region", measure="items returned", unit="%", figures=(44, 66, 58), since=250, until=115),

    Objective("no-step-too-high", "Everybody who needs a hand knows how to book one before leaving home", "B05",
              "assisted-travel", to="assisted", measure="assistance booked ahead", unit="% of journeys",
              figures=(38, 75, 61), since=320, until=45),

    Objective("what-breaks", "Tell the railway and the boats each week what travellers say is broken", "B09",
              "help-desk", to="commuters islanders leisure families", where="region",
              measure="faults mended within a month", unit="faults", figures=(3, 20, 11), since=200),
    Objective("visitors-find-help", "Visitors get an answer in their own language", "B05", "help-desk",
              to="leisure families", where="language", measure="answers in the asker's language", unit="%",
              figures=(12, 80, 34), since=150),

    Objective("refund-in-a-week", "Money back within a week, and the way there explained", "B14", "customer-care",
              to="commuters families", where="region", measure="refunds within seven days", unit="%",
              figures=(52, 95, 88), since=400, until=-20, status="achieved"),

    Objective("off-peak", "Fill the ten o'clock trains", "B11", "campaigns", to="commuters leisure families",
              where="region", measure="seats taken between ten and three", unit="%", figures=(31, 45, 37), since=210),
    Objective("keep-commuters", "Commuters renew their season ticket", "B13", "campaigns", to="commuters",
              where="region", measure="renewals", unit="%", figures=(78, 86, 80), since=330, until=35),
    Objective("family-day", "Five thousand families try the boat on a Sunday", "B11", "campaigns", to="families",
              where="port-maren isles", measure="family tickets on Sundays", unit="tickets", figures=(1900, 5000, 3350),
              since=120, until=100),
    Objective("leave-the-car", "Ten thousand day-trippers leave the car at home", "B11", "campaigns fell-line",
              to="day-trippers drivers", where="region", measure="day tickets sold to car owners", unit="tickets",
              figures=(0, 10000, 6240), since=160, until=120,
              notes="Marketing brings them, the control room promises the trains they need. Reviewed every month."),

    Objective("gull-known", "Nine of ten people in the region know the green gull", "B13", "brand-studio",
              to="customers prospects", where="region", measure="know the mark unprompted", unit="%",
              figures=(74, 90, 81), since=340, until=25),
    Objective("proud-place", "People think of us as a place where work is worth doing", "B06", "brand-studio",
              to="graduates apprentices skilled", where="region", measure="would recommend us as an employer", unit="%",
              figures=(41, 60, 47), since=250, until=115),
    Objective("picture-library", "Every department finds a good picture in a minute", "B14", "brand-studio",
              to="office-staff", where="region", measure="pictures used from the library", unit="pictures a month",
              figures=(80, 400, 265), since=280),

    Objective("isles-holidays", "Sell 1,200 weeks on the isles outside July and August", "B11", "holidays",
              to="holiday-planners", where="region language", measure="weeks sold", unit="weeks",
              figures=(640, 1200, 910), since=270, until=95),
    Objective("brass-bands", "Forty groups travel with us that came by coach before", "B11", "holidays",
              to="holiday-planners schools", where="region", measure="groups won", unit="groups", figures=(0, 40, 23),
              since=190, until=175),
    Objective("german-visitors", "Visitors book the crossing before they leave home", "B05", "holidays",
              to="holiday-planners leisure", where="language", measure="crossings booked abroad", unit="%",
              figures=(22, 50, 33), since=220),

    Objective("app-ratings", "Learn from what people write about the app, and mend it within a fortnight", "B09",
              "web-and-app", to="commuters leisure", where="region", measure="reported faults mended in 14 days",
              unit="%", figures=(28, 80, 55), since=230),
    Objective("app-teach", "Half of all travellers carry their ticket in the app", "B05", "web-and-app",
              to="commuters islanders families", where="region", measure="journeys on an app ticket", unit="%",
              figures=(24, 50, 39), since=300, until=65),

    Objective("panel", "A panel of 800 travellers who tell us before we build", "B04", "traveller-insight",
              to="commuters islanders drivers", where="region", measure="panel members", unit="people",
              figures=(0, 800, 540), since=260),

    Objective("winter-offer", "Sell the winter rover ticket", "B11", "campaigns", to="leisure", where="region",
              measure="rover tickets", unit="tickets", figures=(0, 3000, 2140), since=500, until=-220,
              status="dropped"),
)
