"""Objectives of railway, ferries and harbours."""

from orgmap.demo.records import Objective

# fmt: off
OBJECTIVES = (
    Objective("ten-minutes", "Within ten minutes everybody knows that a boat or a train does not run", "B01",
              "island-ferries fell-line", to="commuters islanders leisure local-press", where="region",
              measure="minutes from decision to notice", unit="minutes", figures=(42, 10, 13), since=290, until=75,
              notes="The storm desk works on this one and on nothing else."),

    Objective("train-times", "Commuters know before they leave the house", "B14", "fell-line", to="commuters",
              where="fells north-shore", measure="delays announced before departure", unit="%", figures=(35, 85, 68),
              since=280),

    Objective("stove-lit", "Each station is a place that its town is glad of", "B13", "stations",
              to="commuters leisure neighbours", where="port-maren north-shore fells", measure="rated good or better",
              unit="%", figures=(61, 80, 70), since=310, until=55),

    Objective("no-shortcuts", "Nobody crosses the line where there is no crossing", "B05", "railway",
              to="schools neighbours", where="region", measure="trespasses reported", unit="a month",
              figures=(37, 10, 19), since=330),

    Objective("open-plans", "Other small railways use our drawings and send us theirs", "B04", "workshops",
              to="yards skilled", measure="drawings shared", unit="drawings", figures=(2, 30, 14), since=350),
    Objective("hill-talk", "Engineers meet the people whose problem they have solved before", "B10", "workshops",
              to="yards", measure="problems taken on", unit="problems", figures=(0, 12, 5), since=170),

    Objective("steam-season", "Twenty thousand come for the steam, and by train", "B11", "heritage",
              to="enthusiasts day-trippers", where="fells language", measure="steam tickets", unit="tickets",
              figures=(13500, 20000, 17200), since=240, until=90),
    Objective("volunteers", "Two hundred volunteers stay, and thirty join", "B12", "heritage",
              to="enthusiasts pensioners", where="fells", measure="active volunteers", unit="people",
              figures=(188, 230, 204), since=240, until=125),
    Objective("soot-and-smiles", "Those who look after the old engines say why", "B06", "heritage",
              to="enthusiasts families apprentices", where="fells", measure="visits to the shed", unit="visits",
              figures=(900, 2500, 1700), since=200),

    Objective("quiet-nights", "Neighbours hear of night work a week before it is loud", "B05", "railway",
              to="neighbours", where="fells north-shore", measure="works announced a week ahead", unit="%",
              figures=(40, 100, 82), since=190),

    Objective("boat-runs", "Islanders plan their week on our word", "B14", "island-ferries", to="islanders",
              where="isles", measure="sailings confirmed the evening before", unit="%", figures=(58, 95, 84),
              since=310),
    Objective("winter-links", "The isles feel near in January", "B13", "island-ferries", to="islanders neighbours",
              where="isles", measure="winter passengers", unit="a week", figures=(2100, 2600, 2280), since=260),
    Objective("deck-views", "Visitors step off the boat with a picture worth showing", "B11", "island-ferries",
              to="leisure day-trippers", where="isles language", measure="pictures sent in", unit="a month",
              figures=(60, 400, 230), since=210),

    Objective("safe-harbour", "Small boats keep clear of the ferry", "B05", "harbours", to="neighbours safety-bodies",
              where="isles port-maren", measure="near misses", unit="a year", figures=(14, 4, 7), since=360, until=5),
    Objective("tide-table", "Harbour people read the tide and the works in one place", "B14", "harbours",
              to="neighbours", where="isles", measure="readers of the harbour notice", unit="people",
              figures=(90, 600, 410), since=230),

    Objective("cheese-out", "Makers on the isles sell to the mainland by our boats", "B10", "freight",
              to="freight-customers growers", where="isles port-maren", measure="makers who ship weekly", unit="makers",
              figures=(11, 40, 26), since=290, until=75),
    Objective("return-loads", "No lorry comes back empty", "B08", "freight", to="freight-customers", where="region",
              measure="empty return trips", unit="%", figures=(46, 20, 33), since=200),

    Objective("soup-story", "Travellers know which farm their soup comes from", "B05", "galley", to="leisure families",
              measure="guests who can name a farm", unit="%", figures=(5, 40, 22), since=170),
    Objective("growers-wanted", "Ten more farms cook with us", "B10", "galley purchasing freight", to="growers",
              where="region", measure="farms that deliver", unit="farms", figures=(14, 24, 19), since=220, until=145),
    Objective("second-breakfast", "A second breakfast for everybody who waits out a storm", "B15", "galley",
              to="islanders", where="isles", since=20, until=200, status="draft"),
)
